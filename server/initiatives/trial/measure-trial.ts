import { readPoints } from "../../metrics/read-points.ts";
import type { Db } from "../../platform/db.ts";
import type { Pool } from "../../platform/pool.ts";
import { TrialBound, type TrialVerdict } from "../contract.ts";
import type { TrialRow } from "./advance-trial.ts";
import { CERTAINTY, type Point } from "./estimate-change.ts";
import { reachVerdict } from "./reach-verdict.ts";
import { type LineAttempt, lineTo } from "./run-line.ts";
import type { Standing } from "./standing-of.ts";

type Asked = {
  trial: TrialRow;
  standing: Standing;
  /** Compares the newest steps instead of those right after the change: is a kept one still within its bounds? */
  newest?: boolean;
};

/** Looks at the data so far: this many before the window's end, each for what is surely beyond its abort bound. */
const EARLY_LOOKS = 3;

/** What changes a run besides the trial. */
const CONFOUNDING = ["command", "rate", "data", "stage", "rollback", "start"];

/**
 * The verdict of a trial whose window has passed. Before that, at each quarter of it, only what is broken beyond the
 * stricter certainty of an early look is told, so that looking often does not end good trials. Null: nothing is due.
 */
export async function measureTrial(
  tools: { db: Db; pool: Pool },
  { trial, standing, newest = false }: Asked,
): Promise<{ verdict: TrialVerdict | null; looks: number } | null> {
  const { window, looks, run } = trial;
  // The change counts from the step after the one at which it was obeyed.
  const from = (standing.since ?? 0) + 1;
  const done = Number(run.step) + 1;
  const quarter = Math.floor(((EARLY_LOOKS + 1) * (done - from)) / window);
  const whole = quarter > EARLY_LOOKS;
  if (!whole && quarter <= looks) {
    return null;
  }
  const to = newest ? done : Math.min(done, from + window);
  const after: Stretch = [newest ? Math.max(from, done - window) : from, to];
  const reached = reachVerdict(
    await collectBounds(tools, { trial, standing }, [[from - window, from], after]),
    whole ? CERTAINTY.whole : CERTAINTY.early,
  );
  const broken = reached?.findings.some(({ outcome }) => outcome === "broken") === true;
  if (reached === null || (!whole && !broken)) {
    return whole ? null : { verdict: null, looks: quarter };
  }
  const confounders = await findConfounders(tools.db, trial, [from - window, to]);
  return { verdict: { ...reached, early: !whole, confounders }, looks: quarter };
}

/** From the first step to the one before the second. */
type Stretch = readonly [number, number];

async function collectBounds(
  { pool }: { pool: Pool },
  { trial, standing }: Asked,
  [before, after]: readonly [Stretch, Stretch],
) {
  const measured = [];
  for (const bound of TrialBound.array().parse(trial.bounds)) {
    const of = { runId: trial.runId, key: bound.metric, ...standing };
    measured.push({
      bound,
      before: await collect(pool, of, before),
      after: await collect(pool, of, after),
    });
  }
  return measured;
}

type Series = { runId: string; key: string; attempt: number; attempts: readonly LineAttempt[] };

/** The points along the attempts that led here. */
async function collect(
  pool: Pool,
  { runId, key, attempt, attempts }: Series,
  [first, end]: Stretch,
): Promise<Point[]> {
  const found: Point[] = [];
  for (const part of lineTo(attempts, { attempt, step: end })) {
    if (part.to <= first) {
      continue;
    }
    for await (const block of readPoints(pool, { runId, attempt: part.attempt, key })) {
      for (const [index, step] of block.steps.entries()) {
        if (step >= first && step < end && step <= part.to) {
          found.push({ step, value: block.values[index] ?? Number.NaN });
        }
      }
    }
  }
  return found;
}

async function findConfounders(db: Db, trial: TrialRow, [first, last]: Stretch) {
  const events = await db.runEvent.findMany({
    where: {
      runId: trial.runId,
      kind: { in: CONFOUNDING },
      step: { gte: BigInt(Math.max(0, first)), lte: BigInt(last) },
    },
    orderBy: { step: "asc" },
    take: 50,
    select: { kind: true, step: true, message: true, data: true },
  });
  const own = new Set(trial.commandIds);
  return events
    .filter(({ data }) => !own.has((data as { commandId?: string } | null)?.commandId ?? ""))
    .map(({ kind, step, message }) => ({ kind, step: Number(step), message }));
}
