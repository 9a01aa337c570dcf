// The hub: a message goes from the database to every viewer of its run, read once and encoded once.
//
// Strategy. One connection of this process LISTENs. A notification `RUN SEQ` only wakes the run's channel, which
// reads the messages after the last one it knows, at most ten times a second, turns each into the bytes of one
// server-sent event and writes those same bytes to every socket. So the cost of a message is one query and one
// encoding, whatever the number of viewers, and any number of portal processes can serve one database: nothing
// passes through this process's memory that is not in the database already.
//   A viewer that comes back names the last message it saw. It gets what it missed from a ring of recent frames in
// memory; beyond that from the database, in pages that all viewers at the same place share; too far behind, or when
// the tail has been trimmed, a `reset` event that tells it to read the down-sampled series again.
//   A socket that does not take its frames is dropped, never buffered: its browser reconnects and catches up.
//   A heartbeat, `RUN beat AT STATE`, is passed on as it is: it leaves nothing behind and nobody catches up on it.
//   A lost connection to the database loses nothing: when it is back, every channel reads from where it stood.
// Measured: see bench/live.ts.
import type { Log } from "../platform/log.ts";
import { type Listener, listen } from "../platform/notify.ts";
import type { Pool } from "../platform/pool.ts";
import { Channel, type Pace, type Turnstile } from "./channel.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Proxies and browsers take a longer silence for a dead connection; ten reads a second are all that an eye can use,
 * however often the trainer speaks.
 */
const PACE: Pace = { quietMs: 15_000, readEveryMs: 100 };
/** Reads of the past at one time: a mass of reconnecting viewers must leave connections to the rest of the portal. */
const READS_AT_ONCE = 2;

export type Hub = {
  /**
   * Lets a viewer in once the run is found; `accept` then answers its request. False when there is no such run.
   * `since` is the last message that the viewer has, null when it wants only what comes.
   */
  watch(input: { runId: string; since: number | null; accept: () => Viewer }): Promise<boolean>;
  /** Runs that are being read now. */
  channels(): number;
  close(): Promise<void>;
};

export type HubOptions = { pool: Pool; url: string; log: Log; pace?: Partial<Pace> };

export function createHub({ pool, url, log, ...options }: HubOptions): Hub {
  const channels = new Map<string, Promise<Channel | null>>();
  const open = new Map<string, Channel>();
  const pace = { ...PACE, ...options.pace };
  const tools = { pool, log, turn: createTurnstile(READS_AT_ONCE), pace };

  const forAll = (act: (channel: Channel) => void) => {
    for (const channel of open.values()) {
      act(channel);
    }
  };
  const listener: Listener = listen({
    url,
    channel: "run_message",
    onMessage: (payload) => tell(open, payload),
    // What was announced while the connection was away went unheard.
    onConnect: () => forAll((channel) => channel.wake()),
    onError: (error) => log.warn({ err: error }, "The live hub lost its connection; trying again."),
  });
  const ticking = setInterval(() => forAll((channel) => channel.tick()), pace.quietMs / 15);

  const find = (runId: string): Promise<Channel | null> => {
    const known = channels.get(runId);
    if (known !== undefined) {
      return known;
    }
    const opening = Channel.open(runId, tools).then(
      (channel) => {
        if (channel === null) {
          channels.delete(runId);
          return null;
        }
        open.set(runId, channel);
        // A message announced between the first read and this line woke nobody.
        channel.wake();
        return channel;
      },
      (error) => {
        channels.delete(runId);
        throw error;
      },
    );
    channels.set(runId, opening);
    return opening;
  };

  const closeIfIdle = (channel: Channel) => {
    if (channel.isIdle && open.get(channel.runId) === channel) {
      open.delete(channel.runId);
      channels.delete(channel.runId);
      channel.close(farewell);
    }
  };

  return {
    watch: async ({ runId, since, accept }) => {
      const channel = await find(runId);
      if (channel === null) {
        return false;
      }
      const viewer = accept();
      viewer.onGone(() => {
        channel.leave(viewer);
        closeIfIdle(channel);
      });
      await channel.admit(viewer, since).catch((error) => {
        log.warn({ err: error, runId }, "A viewer's past could not be read; it will come back.");
        viewer.end(farewell());
      });
      closeIfIdle(channel);
      return true;
    },
    channels: () => open.size,
    close: async () => {
      clearInterval(ticking);
      forAll((channel) => channel.close(farewell));
      open.clear();
      channels.clear();
      await listener.close();
    },
  };
}

/** `RUN SEQ`: there is something to read. `RUN beat AT STATE`: a sign of life. */
function tell(open: Map<string, Channel>, payload: string): void {
  const [runId = "", what, at, state] = payload.split(" ");
  const channel = open.get(runId);
  if (what === "beat") {
    channel?.beat({ at: Number(at), paused: state === "paused" });
  } else {
    channel?.wake();
  }
}

/** Viewers come back over some seconds rather than all in one instant. */
function farewell(): string {
  return `retry: ${1_000 + Math.floor(Math.random() * 3_000)}\n\n`;
}

/** Lets `width` pieces of work run at a time; the others wait in a row. */
function createTurnstile(width: number): Turnstile {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (busy >= width) {
      await new Promise<void>((go) => waiting.push(go));
    } else {
      busy += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) {
        busy -= 1;
      } else {
        next();
      }
    }
  };
}
