// The portal's process: one Node http server. A request is offered to the live stream, then to the public
// API, then to the pages (Next), in this order, so that the stream and the API work without a build and
// never pay for a renderer.
//   node server/main.ts [--dev | --no-pages]
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { watchDeliveries } from "./alerts/watch-deliveries.ts";
import { parseProxies, settleAddress } from "./auth/client-address.ts";
import { answerBrokenRequest } from "./http/answer-broken-request.ts";
import { refuseForeignChange, setPagePolicy, setSecurityHeaders } from "./http/guard-request.ts";
import { sendError } from "./http/send-json.ts";
import { watchTrials } from "./initiatives/watch-trials.ts";
import { portalOrigin } from "./members/portal-origin.ts";
import { sealsSettled } from "./metrics/seal-if-due.ts";
import { systemClock } from "./platform/clock.ts";
import { sharedDb } from "./platform/db.ts";
import { databaseUrl, type Env, readEnv } from "./platform/env.ts";
import { AppError } from "./platform/errors.ts";
import { newId } from "./platform/ids.ts";
import { closeJobs } from "./platform/jobs.ts";
import { log } from "./platform/log.ts";
import { sharedPool } from "./platform/pool.ts";
import { runJobs } from "./platform/run-jobs.ts";
import { createRawRoutes } from "./raw-routes.ts";
import { watchStalls } from "./runs/watch-stalls.ts";
import { createWorkers } from "./workers.ts";

/** How long a shutdown waits for requests in flight. */
const GRACE_MS = 10_000;

/** Answers a request, or leaves it alone and says false. */
type Route = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;
type Part = { handle: Route; close(): Promise<void> };

const { values: flags } = parseArgs({
  options: { dev: { type: "boolean" }, "no-pages": { type: "boolean" } },
});
const env = readEnv();

process.on("unhandledRejection", (error) => log.error({ err: error }, "A promise failed unheard."));
process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "The portal stops: an error was thrown where nobody catches it.");
  process.exit(1);
});

const proxies = parseProxies(env.TRUSTED_PROXIES);
const pool = sharedPool();
const raw = createRawRoutes({
  pool,
  db: sharedDb(),
  dataDir: env.DATA_DIR,
  publicUrl: env.PUBLIC_URL,
  databaseUrl: databaseUrl(),
  checkpointGate: env.CHECKPOINT_GATE,
  metricsToken: env.METRICS_TOKEN,
});
await runJobs(
  createWorkers({
    db: sharedDb(),
    pool,
    dataDir: env.DATA_DIR,
    publicUrl: env.PUBLIC_URL,
    consoleLines: env.CONSOLE_LINES,
    mail: { dataDir: env.DATA_DIR, smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
    origin: portalOrigin(env),
  }),
);
const alerts = watchDeliveries({ db: sharedDb(), url: databaseUrl(), log });
const stalls = watchStalls({ pool, clock: systemClock, log });
const trials = watchTrials({
  ...{ db: sharedDb(), pool, clock: systemClock, log },
  seconds: env.INITIATIVE_WATCH_SECONDS,
});
const pages = await createPages();
const server = createPortalServer([...raw.routes.map(({ handle }) => handle), pages.handle]);

await startListening(server, env);
log.info({ url: addressOf(server, env), pid: process.pid }, "The portal is ready.");

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (!stopping) {
      stopping = true;
      void stop(signal);
    }
  });
}

/** No new connections; viewers are told when to come back; requests in flight are finished; then the rest. */
async function stop(signal: string): Promise<void> {
  log.info({ signal }, "The portal stops.");
  const closed = new Promise<void>((done) => server.close(() => done()));
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const last = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await raw.live.close();
  await closed;
  clearInterval(sweep);
  clearTimeout(last);
  await pages.close();
  await alerts.close();
  await closeJobs();
  await stalls.close();
  await trials.close();
  await sealsSettled();
  await Promise.all([pool.end(), sharedDb().$disconnect()]);
  log.info("The portal has stopped.");
  process.exit(0);
}

function createPortalServer(routes: Route[]): Server {
  const portal = createServer(
    // A head must arrive within 20 s and a body within 15 min (an upload cut off goes on where it stopped):
    // nobody holds a connection by dribbling. The live stream writes at least every 15 s.
    { headersTimeout: 20_000, requestTimeout: 900_000, keepAliveTimeout: 65_000, noDelay: true },
    (req, res) => {
      settleAddress(req, proxies);
      void offer(routes, req, res);
    },
  );
  portal.timeout = 120_000;
  portal.on("clientError", answerBrokenRequest);
  return portal;
}

async function offer(routes: Route[], req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    setSecurityHeaders(req, res);
    refuseForeignChange(req);
    for (const route of routes) {
      if (await route(req, res)) {
        return;
      }
    }
  } catch (error) {
    if (!(error instanceof AppError)) {
      log.error({ err: error, method: req.method, path: req.url }, "A request failed.");
    }
    if (res.headersSent) {
      res.destroy();
      return;
    }
    sendError(res, error, newId("req"));
  }
}

/** Next, in development or from its build; without either, one page that says how to get them. */
async function createPages(): Promise<Part> {
  if (flags["no-pages"] === true) {
    return noPages("This portal was started without its pages (--no-pages).");
  }
  if (flags.dev !== true && !existsSync(join(env.PAGES_DIR, "BUILD_ID"))) {
    log.warn("There is no build in .next: the portal serves the API and the live stream only.");
    return noPages("The pages are not built yet. Run npm run build, then start the portal again.");
  }
  const { default: next } = await import("next");
  const app = next({ dev: flags.dev === true, hostname: env.HOST, port: env.PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: async (req, res) => {
      setPagePolicy(req, res, { dev: flags.dev === true });
      await handle(req, res);
      return true;
    },
    close: () => app.close(),
  };
}

function noPages(reason: string): Part {
  return {
    handle: async (req, res) => {
      const home = req.url === "/" || req.url?.startsWith("/?") === true;
      res.writeHead(home ? 200 : 404, { "content-type": "text/plain; charset=utf-8" });
      res.end(`${reason}\nThe API answers under /api/v1: see /api/v1/openapi.json.\n`);
      return true;
    },
    close: async () => undefined,
  };
}

async function startListening(portal: Server, { PORT, HOST }: Env): Promise<void> {
  const failure = await new Promise<NodeJS.ErrnoException | null>((done) => {
    portal.once("error", done);
    portal.listen({ port: PORT, host: HOST, backlog: 4096 }, () => done(null));
  });
  if (failure === null) {
    portal.on("error", (error) => log.error({ err: error }, "The server reports an error."));
    return;
  }
  log.fatal(
    failure.code === "EADDRINUSE"
      ? `Port ${PORT} is taken by another program. Stop it, or choose another port: PORT=3001 npm start`
      : `The portal cannot listen on ${HOST}:${PORT}: ${failure.message}`,
  );
  process.exit(1);
}

function addressOf(portal: Server, { HOST, PUBLIC_URL }: Env): string {
  const host = HOST === "0.0.0.0" || HOST === "::" ? "localhost" : HOST;
  return PUBLIC_URL ?? `http://${host}:${(portal.address() as AddressInfo).port}`;
}
