import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApiOptions, createApi } from "./api/create-api.ts";
import { createCspReports } from "./http/csp-reports.ts";
import { createHub } from "./hub/create-hub.ts";
import { createLive, type Live } from "./live/create-live.ts";
import { createSignals } from "./live/create-signals.ts";
import { systemClock } from "./platform/clock.ts";
import { createPrompts } from "./prompts/create-prompts.ts";
import { createTelemetry } from "./telemetry/create-telemetry.ts";

/** Answers a request, or leaves it alone and says false. */
type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

/** Something that answers before the pages do. Everyone may call what is `public`; a `table` says it call by call. */
export type RawRoute = { name: string; access: "public" | "table"; handle: Handle };

type RawOptions = ApiOptions & { databaseUrl: string; metricsToken?: string | undefined };

/** Everything outside Next, in the order in which a request is offered to it. */
export function createRawRoutes(options: RawOptions): { routes: RawRoute[]; live: Live } {
  const { pool, db, dataDir, publicUrl, databaseUrl, clock = systemClock, log } = options;
  const live = createLive({ pool, url: databaseUrl });
  const signals = createSignals({ pool, url: databaseUrl, log });
  const hub = createHub({
    db,
    pool,
    dataDir,
    clock,
    checkpointGate: options.checkpointGate,
    publicUrl,
    ...(log === undefined ? {} : { log }),
  });
  const telemetry = createTelemetry({
    ...{ pool, clock, viewers: live.viewers, token: options.metricsToken },
  });
  const prompts = createPrompts({ db, pool, dataDir, clock, log });
  return {
    live: {
      ...live,
      close: async () => {
        prompts.close();
        telemetry.close();
        await Promise.all([live.close(), signals.close()]);
      },
    },
    routes: [
      { name: "live", access: "public", handle: live.handle },
      { name: "signals", access: "public", handle: signals.handle },
      { name: "api", access: "table", handle: createApi(options) },
      { name: "hub", access: "public", handle: hub },
      { name: "telemetry", access: "public", handle: telemetry.handle },
      { name: "prompts", access: "public", handle: prompts.handle },
      {
        name: "csp reports",
        access: "public",
        handle: createCspReports({ pool, clock, log }),
      },
    ],
  };
}
