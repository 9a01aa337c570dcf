import type { Blobs } from "../../platform/blobs.ts";
import type { Db } from "../../platform/db.ts";
import { ControlPatch, type RunProof, State, Trial, TrialBound } from "../contract.ts";
import { sumOf } from "./controls.ts";
import { hashRequest } from "./hash-request.ts";
import { readRunLine } from "./read-run-line.ts";
import { readSteering } from "./read-steering.ts";
import { changesAt } from "./run-line.ts";

/**
 * The run's controls as a sum: what the recipe says, and every change in force after it with the request that asked for
 * it. Each request is hashed again, and the sum is held to what the newest checkpoint itself says of its controls.
 */
export async function proveRun(
  { db, blobs }: { db: Db; blobs: Blobs },
  runId: string,
): Promise<RunProof> {
  const [line, trials, steering] = await Promise.all([
    readRunLine(db, runId),
    readTrials(db, runId),
    readSteering({ db, blobs }, runId),
  ]);
  const attempt = line.attempts.at(-1)?.number ?? 0;
  const changes = changesAt(line, { attempt, step: Number.POSITIVE_INFINITY });
  return {
    trials: trials.map(({ commandIds, undoIds: _, ...trial }) => ({
      ...trial,
      fromTime: line.changes.find(({ commandId }) => commandIds.includes(commandId))?.time ?? null,
    })),
    changes: changes.map(({ commandId, attempt: within, step, path, value }) => {
      const asked = trials.find(
        ({ commandIds, undoIds }) => commandIds.includes(commandId) || undoIds.includes(commandId),
      );
      return {
        ...{ commandId, attempt: within, step, path, value: JSON.stringify(value) },
        trialId: asked?.id ?? null,
        back: asked?.undoIds.includes(commandId) === true,
      };
    }),
    controls: sumOf(changes),
    checkpoint: steering === null ? null : compare(line, steering),
  };
}

type Steering = NonNullable<Awaited<ReturnType<typeof readSteering>>>;

/** A change that was obeyed at the very step of a checkpoint may stand in it or not, as it came before or after. */
function compare(line: Parameters<typeof changesAt>[0], found: Steering): RunProof["checkpoint"] {
  const { attempt, step, rate, weights } = found;
  const said = JSON.stringify(sorted({ rate, weights }));
  const agrees = [step, step + 1].some((end) => {
    const sum = sumOf(changesAt(line, { attempt, step: end }));
    return JSON.stringify(sorted(sum)) === said;
  });
  return { attempt, step, rate, weights, agrees };
}

function sorted({ rate, weights }: { rate: number; weights: Record<string, number> }) {
  return { rate, weights: Object.entries(weights).sort(([a], [b]) => a.localeCompare(b)) };
}

async function readTrials(db: Db, runId: string) {
  const rows = await db.initiativeTrial.findMany({
    where: { runId },
    orderBy: [{ sealedAt: "asc" }, { id: "asc" }],
    include: { initiative: { select: { title: true, state: true } } },
  });
  const seals = await db.decision.findMany({
    where: {
      kind: "trial.seal",
      subjectType: "trial",
      subjectId: { in: rows.map(({ id }) => id) },
    },
    select: { number: true, subjectId: true, data: true },
  });
  return rows.map((row) => {
    const { id, initiativeId, version, window, stableSteps, hash, commandIds, undoIds } = row;
    const patch = ControlPatch.parse(row.patch);
    const bounds = TrialBound.array().parse(row.bounds);
    const again = hashRequest({ initiativeId, version, runId, patch, bounds, window, stableSteps });
    const seal = seals.find(({ subjectId }) => subjectId === id);
    const sealed = (seal?.data as { hash?: string } | undefined)?.hash;
    return {
      ...{ id, initiativeId, patch, hash, window, commandIds, undoIds },
      title: row.initiative.title,
      initiativeState: State.parse(row.initiative.state),
      state: Trial.shape.state.parse(row.state),
      decision: seal?.number ?? null,
      hashHolds: again === hash && sealed === hash,
      fromStep: row.fromStep === null ? null : Number(row.fromStep),
      endStep: row.endStep === null ? null : Number(row.endStep),
    };
  });
}
