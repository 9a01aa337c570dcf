// The database of a start: the given one, or the embedded server, which is looked after.
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../embedded.ts";
import { isAlive, know } from "./processes.mjs";
import { line, StartError } from "./progress.mjs";

const LOOK_EVERY_MS = 1_000;
/** After a kill the old server's last processes hold its memory for a moment, and recovery takes its time. */
const TRY_FOR_MS = 60_000;
const PASSING = /did not (start|answer)/;

export type KeptDatabase = {
  url: string;
  how: string;
  /** Stops the embedded server; a given database is left alone. */
  stop(): Promise<void>;
};

export async function keepDatabase(options: {
  dataDir: string;
  given: string | null;
  isStopping: () => boolean;
}): Promise<KeptDatabase> {
  if (options.given !== null) {
    await reach(options.given);
    return { url: options.given, how: "the one of DATABASE_URL", stop: async () => undefined };
  }
  let server = await startPatiently(options);
  let known = know(server.pid);
  let looking = false;
  const timer = setInterval(() => {
    if (looking || isAlive(known)) {
      return;
    }
    looking = true;
    line("database", "ended unasked; starting it again");
    startPatiently(options)
      .then((again) => {
        server = again;
        known = know(server.pid);
        line("database", "runs again");
      })
      .catch((error: Error) => line("database", `does not start: ${error.message}`))
      .finally(() => {
        looking = false;
      });
  }, LOOK_EVERY_MS);
  return {
    url: server.url,
    how: server.started ? "embedded, started" : "embedded, found running",
    stop: async () => {
      clearInterval(timer);
      await server.stop();
    },
  };
}

async function startPatiently(options: {
  dataDir: string;
  isStopping: () => boolean;
}): Promise<EmbeddedPostgres> {
  const deadline = Date.now() + TRY_FOR_MS;
  for (;;) {
    try {
      return await startEmbeddedPostgres({ dataDir: options.dataDir });
    } catch (error) {
      const { message } = error as Error;
      // Only a server that is there, and does not come up yet, is worth waiting for.
      if (!PASSING.test(message) || Date.now() > deadline || options.isStopping()) {
        throw new StartError(message);
      }
      await new Promise((done) => setTimeout(done, 500));
    }
  }
}

async function reach(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query("select 1");
  } catch (error) {
    throw new StartError(
      `The database of DATABASE_URL (${client.host}, ${client.database}) does not answer: ${(error as Error).message}\nStart it, correct DATABASE_URL, or unset it to use the embedded database.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
