import { readPoints } from "../../metrics/read-points.ts";
import type { Db } from "../../platform/db.ts";
import type { Pool } from "../../platform/pool.ts";
import { TrialBound, type TrialVerdict } from "../contract.ts";
import type { Point } from "./estimate-change.ts";
import { reachVerdict } from "./reach-verdict.ts";

type Measured = {
  runId: string;
  attempt: number | null;
  fromStep: bigint | null;
  window: number;
  bounds: unknown;
  commandId: string | null;
  run: { step: bigint };
};

/** What changes a run besides the trial. */
const CONFOUNDING = ["command", "rate", "data", "stage", "rollback", "start"];

/** The verdict of a trial whose window has passed; null before, and while a metric has too few values. */
export async function measureTrial(
  { db, pool }: { db: Db; pool: Pool },
  trial: Measured,
): Promise<TrialVerdict | null> {
  const { runId, attempt, fromStep, window, run, commandId } = trial;
  if (attempt === null || fromStep === null || run.step < fromStep + BigInt(window)) {
    return null;
  }
  const from = Number(fromStep);
  const bounds = TrialBound.array().parse(trial.bounds);
  const measured = [];
  for (const bound of bounds) {
    const points = await collect(pool, { runId, attempt, key: bound.metric }, [
      from - window,
      from + window,
    ]);
    measured.push({
      bound,
      before: points.filter(({ step }) => step < from),
      after: points.filter(({ step }) => step >= from),
    });
  }
  const verdict = reachVerdict(measured);
  if (verdict === null) {
    return null;
  }
  const events = await db.runEvent.findMany({
    where: {
      runId,
      kind: { in: CONFOUNDING },
      step: { gte: fromStep - BigInt(Math.min(window, from)), lte: fromStep + BigInt(window) },
    },
    orderBy: { step: "asc" },
    take: 50,
    select: { kind: true, step: true, message: true, data: true },
  });
  const others = events.filter(
    ({ data }) => (data as { commandId?: string } | null)?.commandId !== commandId,
  );
  return {
    ...verdict,
    confounders: others.map(({ kind, step, message }) => ({ kind, step: Number(step), message })),
  };
}

async function collect(
  pool: Pool,
  series: { runId: string; attempt: number; key: string },
  [first, last]: readonly [number, number],
): Promise<Point[]> {
  const found: Point[] = [];
  for await (const block of readPoints(pool, series)) {
    for (const [index, step] of block.steps.entries()) {
      if (step >= first && step < last) {
        found.push({ step, value: block.values[index] ?? Number.NaN });
      }
    }
  }
  return found;
}
