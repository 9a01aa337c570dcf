import type { Db } from "../platform/db.ts";
import { enqueue } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import { type Listener, listen } from "../platform/notify.ts";
import { ALERT_CHANNEL } from "./contract.ts";
import { DELIVER } from "./workers.ts";

/** Wakes the worker whenever the database says that something waits to be told, until it is closed. */
export function watchDeliveries(tools: { db: Db; url: string; log: Log }): Listener {
  const { db, url, log } = tools;
  const wake = () => {
    enqueue(db, DELIVER, { data: {}, key: "news" }).catch((error) =>
      log.warn({ err: error }, "Alerts wait for the next minute: their job could not be added."),
    );
  };
  return listen({ url, channel: ALERT_CHANNEL, onMessage: wake, onConnect: wake });
}
