// One logged batch, in one transaction under the run's row lock: it is stored whole or not at all, once or not
// again. Batches of an attempt are numbered 1, 2, 3 …; the number decides whether a batch is the next one, a
// repeat (answered like the first time, nothing stored) or out of order (refused, with the number expected).
import { detect } from "../detect/detector.ts";
import { appendPoints } from "../metrics/append-points.ts";
import { packBatch } from "../metrics/packed-batch.ts";
import { sealIfDue } from "../metrics/seal-if-due.ts";
import type { TailSize } from "../metrics/tail-policy.ts";
import { AppError } from "../platform/errors.ts";
import { type Pool, type Sql, transaction } from "../platform/pool.ts";
import type { CommandKind } from "../run-log/contract.ts";
import { nextRhythm } from "../run-log/message-interval.ts";
import {
  type LockedAttempt,
  type LockedRun,
  lockAttempt,
  lockLivingRun,
  saveMessage,
} from "../run-log/run-row.ts";
import { type BatchContent, contentOf } from "./batch-content.ts";
import type { CheckedBatch } from "./check-batch.ts";
import type { LogAnswer } from "./contract.ts";
import { requireCurrentAttempt } from "./current-attempt.ts";
import { detectedEvents } from "./detected-events.ts";
import { acknowledgeCommands, obeyedKinds, pendingCommands } from "./pending-commands.ts";
import { reportedEvents } from "./reported-events.ts";

type Input = { runId: string; batch: CheckedBatch; now: number };

/**
 * Stores the next batch of the current attempt. A finished run that speaks again is live again. Where the metric
 * store's tail has grown far beyond its bound, the answer waits until it is sealed: that is the brake on a writer.
 */
export async function appendLog(pool: Pool, input: Input): Promise<LogAnswer> {
  const content = contentOf(input.batch);
  const { answer, tail } = await transaction(pool, async (sql) => {
    const attempt = await lockCurrent(sql, input);
    if (input.batch.batch <= attempt.lastBatch) {
      return await answerRepeat(sql, { ...input, content, lastBatch: attempt.lastBatch });
    }
    if (input.batch.batch > attempt.lastBatch + 1) {
      throw outOfOrder(input.batch.batch, attempt.lastBatch);
    }
    return await store(sql, { attempt, content, input });
  });
  await sealIfDue(pool, { runId: input.runId, attempt: input.batch.attempt, tail });
  return answer;
}

type Stored = { answer: LogAnswer; tail: TailSize };
type Turn = { attempt: LockedAttempt; content: BatchContent; input: Input };

/** The batch's attempt, locked with its run. Throws `not_found` or, saying which is, `conflict` when it is not the current one. */
async function lockCurrent(sql: Sql, { runId, batch }: Input): Promise<LockedAttempt> {
  const locked = await lockAttempt(sql, { runId, attempt: batch.attempt });
  requireCurrentAttempt(locked?.run ?? (await lockLivingRun(sql, runId)), batch.attempt);
  if (locked === null) {
    throw new AppError("conflict", "The attempt was being opened just now. Send the batch again.");
  }
  return locked;
}

async function store(sql: Sql, { attempt, content, input }: Turn): Promise<Stored> {
  const { now } = input;
  const { run } = attempt;
  const times = input.batch.times.length > 0 ? input.batch.times : input.batch.steps.map(() => now);
  const batch = { ...input.batch, times };
  const ids = batch.events.flatMap((event) => event.commandId ?? []);
  const commands = await acknowledgeCommands(sql, { runId: run.id, ids, now });
  const stages = attempt.stages ?? [];
  const seen = detect(attempt.detector, { ...batch, stages });
  const reported = reportedEvents(batch, { now, commands });
  const events = [...reported.events, ...detectedEvents(batch, seen)];
  const { points, tail } = await appendPoints(sql, {
    runId: run.id,
    attempt: run.attempt,
    batch,
  });
  const packed = input.batch.times.length > 0 ? content.packed : packBatch(batch);
  const message = {
    attempt: run.attempt,
    batch: batch.batch,
    contentHash: content.hash,
    points,
    payload: points === 0 ? null : packed,
    events,
    lines: batch.lines,
    lastStep: newest(batch, attempt),
    detector: points + batch.events.length === 0 ? null : seen.state,
  };
  await saveLines(sql, run, { lines: batch.lines, now });
  const next = advance(run, batch, { now, obeyed: obeyedKinds(commands) });
  const saved = await saveMessage(sql, next, { message, now });
  const { warnings } = reported;
  return { answer: { accepted: points, lastBatch: batch.batch, ...saved, warnings }, tail };
}

/** The run after a batch that came at `now` and obeyed these commands. */
export function advance(
  run: LockedRun,
  batch: CheckedBatch,
  { now, obeyed }: { now: number; obeyed: CommandKind[] },
): LockedRun {
  const newestRow = indexOfNewest(batch.steps);
  const newestStep = batch.steps[newestRow];
  const ahead = newestStep !== undefined && newestStep >= run.step;
  const firstTime = batch.times[0];
  return {
    ...run,
    ...nextRhythm(run, now),
    step: ahead ? newestStep : run.step,
    tokens: (ahead ? tokensAt(batch, newestRow) : null) ?? run.tokens,
    startedAt: run.startedAt ?? (firstTime === undefined ? null : new Date(firstTime)),
    finishStatus: null,
    finishedAt: null,
    paused: pausedAfter(run.paused, obeyed, batch.steps.length > 0),
  };
}

/** A trainer that obeyed `pause` is paused until it obeys `resume` or simply trains on. */
function pausedAfter(paused: boolean, obeyed: CommandKind[], trained: boolean): boolean {
  const told = obeyed.filter((kind) => kind === "pause" || kind === "resume").at(-1);
  if (told !== undefined) {
    return told === "pause";
  }
  return paused && !trained;
}

function indexOfNewest(steps: number[]): number {
  let newestRow = 0;
  for (let row = 1; row < steps.length; row++) {
    if ((steps[row] ?? 0) >= (steps[newestRow] ?? 0)) {
      newestRow = row;
    }
  }
  return newestRow;
}

function tokensAt(batch: CheckedBatch, row: number): number | null {
  const tokens = batch.series["tokens"]?.[row];
  const countable = typeof tokens === "number" && tokens >= 0 && tokens <= Number.MAX_SAFE_INTEGER;
  return countable ? Math.round(tokens) : null;
}

function newest(batch: CheckedBatch, { lastStep }: LockedAttempt): number | null {
  const step = batch.steps[indexOfNewest(batch.steps)];
  return step === undefined ? lastStep : Math.max(step, lastStep ?? 0);
}

const SAVE_LINES = `
  insert into "ConsoleLine" ("runId", number, attempt, time, text)
  select $1, last.number + line.place, $2, $3, line.text
  from (select coalesce(max(number), 0) as number from "ConsoleLine" where "runId" = $1) as last,
    unnest($4::text[]) with ordinality as line(text, place)`;

async function saveLines(
  sql: Sql,
  run: LockedRun,
  { lines, now }: { lines: string[]; now: number },
): Promise<void> {
  if (lines.length > 0) {
    await sql.query(SAVE_LINES, [run.id, run.attempt, new Date(now), lines]);
  }
}

const FIRST_TIME = `
  select seq, "contentHash" from "RunMessage" where "runId" = $1 and attempt = $2 and batch = $3`;

type Repeat = Input & { content: BatchContent; lastBatch: number };

/** A batch whose message was trimmed from the tail can no longer be compared, and counts as the same. */
async function answerRepeat(
  sql: Sql,
  { runId, batch, content, lastBatch }: Repeat,
): Promise<Stored> {
  const { rows } = await sql.query<{ seq: number; contentHash: Buffer }>(FIRST_TIME, [
    runId,
    batch.attempt,
    batch.batch,
  ]);
  const first = rows[0];
  if (first !== undefined && !first.contentHash.equals(content.hash)) {
    throw new AppError(
      "batch_content_differs",
      `Batch ${batch.batch} is stored already, with other content. Send new content as batch ${lastBatch + 1}.`,
      { details: { batch: batch.batch, lastBatch } },
    );
  }
  const commands = await pendingCommands(sql, runId);
  return {
    answer: { accepted: 0, lastBatch, seq: first?.seq ?? 0, commands, warnings: [] },
    tail: { points: 0, messages: 0 },
  };
}

function outOfOrder(batch: number, lastBatch: number): AppError {
  return new AppError(
    "batch_out_of_order",
    `Batch ${batch} came, but ${lastBatch + 1} is next. Send the batches from ${lastBatch + 1} on, in order.`,
    { details: { batch, lastBatch, expected: lastBatch + 1 } },
  );
}
