// GET /api/signals?topics=thread:12,run:run_a1,me — server-sent events that say "something of this topic is new, ask again":
//   event: signal / data: thread:12.   event: again / data: {}: the line to the database was broken, ask for everything.
// No content travels here: what a topic holds is asked for through the procedures, which know who may read it. So one
// small stream a tab serves every part of a page, and `me` is settled once, by the cookie, when the stream opens.
import type { IncomingMessage, ServerResponse } from "node:http";
import { addressOf } from "../auth/client-address.ts";
import { readActor } from "../auth/read-actor.ts";
import { FORUM_CHANNEL } from "../forum/contract.ts";
import { handle } from "../http/handle.ts";
import { INITIATIVE_CHANNEL } from "../initiatives/contract.ts";
import { NOTIFICATION_CHANNEL } from "../notifications/contract.ts";
import { systemClock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import { type Log, log as processLog } from "../platform/log.ts";
import { listen } from "../platform/notify.ts";
import type { Pool } from "../platform/pool.ts";
import { Viewer } from "./viewer.ts";

const PATH = "/api/signals";
const RUN_CHANNEL = "run_message";
const QUIET_MS = 15_000;
/** Then the browser opens another: whoever has signed out meanwhile is told nothing any more. */
const LONGEST_MS = 15 * 60_000;
const MOST_VIEWERS = 20_000;
/** A comparison of twenty runs, and what the frame of the page listens to. */
const MOST_TOPICS = 24;
const TOPIC = /^(?:(?:thread|initiative):[1-9]\d{0,8}|run:[\w-]{1,64}|initiatives|me)$/;
/** A trainer may speak a hundred times a second; a signal that says no more than "ask again" comes once. */
const RUN_PACE_MS = 1_000;

type Signals = {
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  close(): Promise<void>;
};
type Options = { pool: Pool; url: string; log?: Log | undefined };

export function createSignals({ pool, url, log = processLog }: Options): Signals {
  const topics = new Map<string, Set<Viewer>>();
  const viewers = new Set<Viewer>();
  const toAll = (text: string) => {
    for (const viewer of viewers) {
      viewer.send(text);
    }
  };
  const tell = (topic: string) => {
    for (const viewer of topics.get(topic) ?? []) {
      viewer.send(`event: signal\ndata: ${shownTopic(topic)}\n\n`);
    }
  };
  const runPace = pacer(RUN_PACE_MS, tell);
  const on = (channel: string, hear: (payload: string) => void) =>
    listen({
      url,
      channel,
      onMessage: hear,
      onConnect: () => toAll("event: again\ndata: {}\n\n"),
      onError: (error) => log.warn({ err: error }, "Signals lost their line; trying again."),
    });
  const listeners = [
    on(FORUM_CHANNEL, (payload) => tell(`thread:${payload}`)),
    on(INITIATIVE_CHANNEL, tell),
    on(NOTIFICATION_CHANNEL, (payload) => tell(`member:${payload}`)),
    // RUN SEQ: a message was stored. A sign of life alone, `RUN beat …`, brings nothing to ask for.
    on(RUN_CHANNEL, (payload) => {
      const [runId, what] = payload.split(" ");
      const topic = `run:${runId}`;
      if (what !== "beat" && topics.has(topic)) {
        runPace.tell(topic);
      }
    }),
  ];
  const ticking = setInterval(() => toAll(": still here\n\n"), QUIET_MS);

  const admit = (viewer: Viewer, asked: string[]) => {
    viewers.add(viewer);
    for (const topic of asked) {
      topics.set(topic, (topics.get(topic) ?? new Set()).add(viewer));
    }
    const last = setTimeout(() => viewer.end("retry: 500\n\n"), LONGEST_MS);
    viewer.onGone(() => {
      clearTimeout(last);
      viewers.delete(viewer);
      for (const topic of asked) {
        leave(topics, topic, viewer);
      }
    });
  };

  return {
    handle: async (req, res) => {
      if ((req.url ?? "").split("?", 1)[0] !== PATH) {
        return false;
      }
      await handle({ req, res, log, clock: systemClock }, async () => {
        const asked = await readTopics(pool, req);
        if (viewers.size >= MOST_VIEWERS) {
          throw new AppError("unavailable", "All places are taken. Try again in 10 s.");
        }
        admit(openStream(req, res), asked);
      });
      return true;
    },
    close: async () => {
      clearInterval(ticking);
      runPace.close();
      for (const viewer of viewers) {
        viewer.end(`retry: ${1_000 + Math.floor(Math.random() * 3_000)}\n\n`);
      }
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}

/** Tells of a topic at once, and of what comes within `everyMs` after that in one word at the end of it. */
function pacer(everyMs: number, tell: (topic: string) => void) {
  const resting = new Map<string, { again: boolean; timer: NodeJS.Timeout }>();
  const tellNow = (topic: string) => {
    tell(topic);
    const timer = setTimeout(() => {
      const again = resting.get(topic)?.again === true;
      resting.delete(topic);
      if (again) {
        tellNow(topic);
      }
    }, everyMs);
    resting.set(topic, { again: false, timer });
  };
  return {
    tell: (topic: string) => {
      const rest = resting.get(topic);
      if (rest === undefined) {
        tellNow(topic);
      } else {
        rest.again = true;
      }
    },
    close: () => {
      for (const { timer } of resting.values()) {
        clearTimeout(timer);
      }
    },
  };
}

const shownTopic = (topic: string) => (topic.startsWith("member:") ? "me" : topic);

function leave(topics: Map<string, Set<Viewer>>, topic: string, viewer: Viewer): void {
  const here = topics.get(topic);
  here?.delete(viewer);
  if (here?.size === 0) {
    topics.delete(topic);
  }
}

/** `me` becomes the member that the cookie names; a visitor has none. */
async function readTopics(pool: Pool, req: IncomingMessage): Promise<string[]> {
  if (req.method !== "GET") {
    throw new AppError("method_not_allowed", "Signals are read with GET.");
  }
  const asked = new URL(req.url ?? "", "http://portal").searchParams.get("topics") ?? "";
  const topics = [...new Set(asked.split(","))];
  if (topics.length > MOST_TOPICS || !topics.every((topic) => TOPIC.test(topic))) {
    throw new AppError(
      "bad_request",
      `Name up to ${MOST_TOPICS} topics, such as /api/signals?topics=thread:12,me.`,
    );
  }
  const input = { cookie: req.headers.cookie, address: addressOf(req), now: systemClock() };
  const actor = topics.includes("me") ? await readActor(pool, input) : null;
  return topics.flatMap((topic) => {
    if (topic !== "me") {
      return [topic];
    }
    return actor?.kind === "member" ? [`member:${actor.memberId}`] : [];
  });
}

function openStream(req: IncomingMessage, res: ServerResponse): Viewer {
  res.useChunkedEncodingByDefault = false;
  res.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    connection: "close",
    "x-accel-buffering": "no",
  });
  res.flushHeaders();
  const viewer = new Viewer(req.socket);
  viewer.send(`retry: ${1_000 + Math.floor(Math.random() * 2_000)}\n\n`);
  return viewer;
}
