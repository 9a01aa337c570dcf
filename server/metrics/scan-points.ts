// Reads an attempt's points whole, as a table: a row per step, a column per key. The history is walked in blocks, each in
// a snapshot of its own, so that neither memory nor the database's old versions grow with what is read, however slow the
// reader. What is sealed or comes late in between is read where it then stands; steps only rise.
import type pg from "pg";
import type { Pool } from "../platform/pool.ts";
import type { XAxis } from "./contract.ts";
import { findRun, loadViews } from "./load-views.ts";
import { type Bound, locate } from "./locate.ts";
import { mergeRows, type PointRows } from "./merge-rows.ts";
import type { Points } from "./points.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { chunksOf, SealedReader } from "./sealed-reader.ts";
import { pointCount, type SeriesView } from "./series-view.ts";
import { pointsOf } from "./summarise.ts";
import { requireTokens, TOKENS_KEY, windowOnTokens } from "./tokens-axis.ts";

export type ScanPoints = {
  runId: string;
  attempt: number;
  keys: string[];
  x?: XAxis | undefined;
  from?: number | undefined;
  to?: number | undefined;
  /** Only steps behind this one. */
  after?: number | undefined;
  /** Rows of a block at most; what may lie in memory sets a lower bound with many keys. */
  rows?: number | undefined;
};

const MOST_POINTS = 200_000;
const FEWEST_ROWS = 64;
const USUAL_ROWS = 8_192;

/** The rows of an attempt's window, block by block. Throws `not_found` for an unknown run or attempt. */
export async function* scanPoints(pool: Pool, scan: ScanPoints): AsyncGenerator<PointRows> {
  const window = await readSnapshot(pool, (client) => openWindow(client, scan));
  const share = Math.floor(MOST_POINTS / Math.max(1, scan.keys.length));
  const most = Math.max(FEWEST_ROWS, Math.min(scan.rows ?? USUAL_ROWS, share));
  let after = scan.after ?? -1;
  for (;;) {
    const bounds = { after, most, toStep: window.toStep };
    const block = await readSnapshot(pool, (client) =>
      readBlock(client, { scan, window, ...bounds }),
    );
    if (block.rows.steps.length > 0) {
      yield block.rows;
    }
    if (block.next === null) {
      return;
    }
    after = block.next;
  }
}

/** A window on any axis, as steps and times that its points must lie within. */
type Window = { fromStep: number; toStep: number; fromTime: number; toTime: number };

async function openWindow(client: pg.PoolClient, scan: ScanPoints): Promise<Window> {
  const { x = "step", from = -Infinity, to = Infinity } = scan;
  const run = await findRun(client, scan);
  const open = { fromStep: -Infinity, toStep: Infinity, fromTime: -Infinity, toTime: Infinity };
  if (x === "step") {
    return { ...open, fromStep: from, toStep: to };
  }
  if (x === "tokens") {
    const reader = new SealedReader(client);
    const views = await loadViews(client, run, { keys: new Set([TOKENS_KEY]), reader });
    const { fromStep, toStep } = await windowOnTokens(reader, requireTokens(views), { from, to });
    return { ...open, fromStep, toStep };
  }
  const origin = x === "relative" ? run.startMs : 0;
  return { ...open, fromTime: from + origin, toTime: to + origin };
}

type Block = {
  scan: ScanPoints;
  window: Window;
  after: number;
  toStep: number;
  most: number;
};
/** `next`: the step behind which the next block begins; null behind the last. */
type ReadBlock = { rows: PointRows; next: number | null };

async function readBlock(client: pg.PoolClient, block: Block): Promise<ReadBlock> {
  const { scan, window, after, toStep, most } = block;
  const run = await findRun(client, scan);
  const reader = new SealedReader(client);
  const views = await loadViews(client, run, { keys: new Set(scan.keys), reader });
  const known = [...views.values()];
  const begins = await locate(
    reader,
    known.map((view) => beginOf(view, window, after)),
  );
  const spans = known.map((view, index) => {
    const from = begins[index] as number;
    return { from, to: Math.min(pointCount(view), from + most) };
  });
  await reader.load(
    known.flatMap((view, index) => {
      const { from, to } = spans[index] ?? { from: 0, to: 0 };
      return chunksOf(view.id, from, Math.min(to, view.cut));
    }),
  );
  const parts = known.map((view, index) =>
    pointsOf(reader, view, spans[index] ?? { from: 0, to: 0 }),
  );
  // A key whose points were cut short says how far all of them are known.
  const horizon = known.reduce((least, view, index) => {
    const cut = (spans[index]?.to ?? 0) < pointCount(view);
    return cut ? Math.min(least, parts[index]?.steps.at(-1) ?? least) : least;
  }, Infinity);
  const byKey = new Map([...views.keys()].map((key, index) => [key, parts[index] as Points]));
  const ends = { ...window, toStep: Math.min(toStep, horizon) };
  const rows = mergeRows(
    scan.keys.map((key) => byKey.get(key) ?? null),
    ends,
  );
  const done = horizon === Infinity || horizon >= toStep || beyond(parts, window.toTime);
  return { rows, next: done ? null : horizon };
}

function beginOf(view: SeriesView, { fromStep, fromTime }: Window, after: number): Bound {
  if (after < 0 && fromTime > -Infinity) {
    return { view, field: "times", at: fromTime, above: false };
  }
  return fromStep > after
    ? { view, field: "steps", at: fromStep, above: false }
    : { view, field: "steps", at: after, above: true };
}

/** Whether everything that was read lies behind the window's end in time. */
function beyond(parts: Points[], toTime: number): boolean {
  return parts.every(({ times }) => times.every((time) => time > toTime));
}
