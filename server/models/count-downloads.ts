// A download is finished when every byte of the file has gone out to one address, in one answer or in many. It counts
// once an address and day, and not at all for programs that read the whole web.
import { createHmac } from "node:crypto";
import type { Db } from "../platform/db.ts";
import { log } from "../platform/log.ts";
import { portalKey } from "../platform/portal-key.ts";

export type Download = {
  /** The release or the checkpoint, and the path in it. */
  subjectId: string;
  path: string;
  size: number;
  address: string;
  userAgent: string | undefined;
};

type Sent = { start: number; end: number };
type Counter = {
  /** Tells what went out of a file; resolves once it is counted, if it was the last of it. */
  sent(download: Download, range: Sent): Promise<void>;
};

const BOT = /bot|crawl|spider|slurp|archiver|preview|headlesschrome|lighthouse|uptime|monitor/i;
/** Downloads under way that are remembered; the oldest are forgotten, and then count only when they begin again. */
const MOST_OPEN = 10_000;
/** Readers that ask for single bytes would make us remember each of them. */
const MOST_PIECES = 1_000;
const DAY_MS = 86_400_000;

export function createDownloadCounter(options: {
  db: Db;
  dataDir: string;
  clock: () => number;
}): Counter {
  const { db, dataDir, clock } = options;
  const open = new Map<string, Sent[]>();
  return {
    async sent(download, range) {
      const { subjectId, path, size, address, userAgent } = download;
      if (userAgent === undefined || userAgent === "" || BOT.test(userAgent)) {
        return;
      }
      const name = JSON.stringify([subjectId, path, address]);
      const pieces = join([...(open.get(name) ?? []), range]);
      open.delete(name);
      const [first] = pieces;
      const whole = pieces.length === 1 && first?.start === 0 && first.end >= size - 1;
      if (!whole) {
        remember(open, name, pieces);
        return;
      }
      try {
        await count({ db, dataDir }, { name, subjectId, path, now: clock() });
      } catch (error) {
        log.error({ err: error, subjectId, path }, "A finished download could not be counted.");
      }
    },
  };
}

function remember(open: Map<string, Sent[]>, name: string, pieces: Sent[]): void {
  if (pieces.length <= MOST_PIECES) {
    open.set(name, pieces);
  }
  const [oldest] = open.keys();
  if (open.size > MOST_OPEN && oldest !== undefined) {
    open.delete(oldest);
  }
}

/** Overlapping and touching pieces become one. */
function join(pieces: Sent[]): Sent[] {
  const joined: Sent[] = [];
  for (const { start, end } of pieces.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end + 1) {
      last.end = Math.max(last.end, end);
    } else {
      joined.push({ start, end });
    }
  }
  return joined;
}

type Finished = { name: string; subjectId: string; path: string; now: number };

/** Who it was is kept as a keyed hash of address and day: it tells two days apart, and nobody from it. */
async function count(
  { db, dataDir }: { db: Db; dataDir: string },
  { name, subjectId, path, now }: Finished,
): Promise<void> {
  const day = new Date(Math.floor(now / DAY_MS) * DAY_MS);
  const secret = await portalKey(dataDir);
  const key = createHmac("sha256", secret).update(`${day.toISOString()} ${name}`).digest();
  await db.$executeRaw`
    with new as (
      insert into "DownloadSeen" (key, day) values (${key}, ${day}::date) on conflict do nothing returning key
    ), forgotten as (
      delete from "DownloadSeen" where day < ${day}::date - 1
    )
    insert into "DownloadCount" ("subjectId", path, day, count)
      select ${subjectId}, ${path}, ${day}::date, 1 from new
    on conflict ("subjectId", path, day) do update set count = "DownloadCount".count + 1`;
}
