// The run's row is the lock of everything that a trainer sends: whoever holds it may allocate the next `seq`, so
// the order of commits is the order of `seq`, and a reader that has seen n has seen everything before n.

import type { DetectorState } from "../detect/detector.ts";
import { AppError } from "../platform/errors.ts";
import type { Sql } from "../platform/pool.ts";
import type { PlannedStage, RunEvent } from "../runs/contract.ts";
import type { RunCommand } from "./contract.ts";
import type { Rhythm } from "./message-interval.ts";

export type FinishStatus = "finished" | "failed" | "stopped";

/** The part of a run that messages change. */
export type RunState = Rhythm & {
  attempt: number;
  step: number;
  tokens: number | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  finishStatus: FinishStatus | null;
  paused: boolean;
};
export type LockedRun = RunState & {
  id: string;
  projectId: string;
  archived: boolean;
  seq: number;
};

const MAX_INT4 = 2_147_483_647;

export type NewMessage = {
  attempt: number;
  /** 0 for what is not a trainer's batch. */
  batch: number;
  contentHash: Uint8Array;
  points: number;
  payload: Uint8Array | null;
  events: RunEvent[];
  lines: string[];
  /** Newest step of the attempt, this batch included; read with `batch` > 0 only. */
  lastStep: number | null;
  /** What the detectors remember after this batch; null where nothing is to be changed. */
  detector?: DetectorState | null;
};

const COLUMNS = `
  r.id, r."projectId", r.archived, r.seq, r.attempt, r.step, r.tokens, r."startedAt", r."finishedAt", r."finishStatus",
  r.paused, r."lastMessageAt", r."messageIntervalMs", r."recentGapsMs"`;
const LOCK = `select ${COLUMNS} from "Run" r where r.id = $1 for update`;
// Both rows are locked: after a wait, Postgres reads the newest version of locked rows only.
const LOCK_WITH_ATTEMPT = `
  select ${COLUMNS}, a."lastBatch", a."lastStep", a.detector, r.planned->'stages' as stages
  from "Run" r join "Attempt" a on a."runId" = r.id and a.number = $2 where r.id = $1 for update of r, a`;

/** Locks the run until the transaction ends. Throws `not_found`. */
export async function lockRun(sql: Sql, id: string): Promise<LockedRun> {
  const { rows } = await sql.query<LockedRun>({ name: "lock-run", text: LOCK, values: [id] });
  const run = rows[0];
  if (run === undefined) {
    throw unknownRun(id);
  }
  return run;
}

/** Like lockRun, for what a trainer sends: histories that were loaded whole take no more reports. */
export async function lockLivingRun(sql: Sql, id: string): Promise<LockedRun> {
  const run = await lockRun(sql, id);
  refuseArchived(run);
  return run;
}

export type LockedAttempt = {
  run: LockedRun;
  lastBatch: number;
  lastStep: number | null;
  detector: DetectorState | null;
  /** Of the run's plan. */
  stages: PlannedStage[] | null;
};

/** Locks the run together with one of its attempts, in one question; null when there is no such run or attempt. */
export async function lockAttempt(
  sql: Sql,
  { runId, attempt }: { runId: string; attempt: number },
): Promise<LockedAttempt | null> {
  if (attempt > MAX_INT4) {
    return null;
  }
  const { rows } = await sql.query<LockedRun & Omit<LockedAttempt, "run">>({
    name: "lock-attempt",
    text: LOCK_WITH_ATTEMPT,
    values: [runId, attempt],
  });
  if (rows[0] === undefined) {
    return null;
  }
  const { lastBatch, lastStep, detector, stages, ...run } = rows[0];
  refuseArchived(run);
  return { run, lastBatch, lastStep, detector, stages };
}

/** Throws `conflict` for a history that was loaded whole. */
export function refuseArchived(run: { archived: boolean }): void {
  if (run.archived) {
    throw new AppError(
      "conflict",
      "This run is an archived history and takes no reports. Open a new run with POST /api/v1/runs.",
    );
  }
}

export function unknownRun(id: string): AppError {
  return new AppError(
    "not_found",
    `There is no run ${id.slice(0, 60)}. List them with GET /api/v1/runs.`,
  );
}

const SAVE_STATE = `
  update "Run" set attempt = $2, step = $3, tokens = $4, "startedAt" = $5, "finishedAt" = $6, "finishStatus" = $7,
    paused = $8, "lastMessageAt" = $9, "messageIntervalMs" = $10, "recentGapsMs" = $11, "updatedAt" = $12
  where id = $1`;

/** Writes a locked run's state back, without a message for readers. */
export async function saveState(sql: Sql, run: LockedRun, now: number): Promise<void> {
  await sql.query({ name: "save-run-state", text: SAVE_STATE, values: stateValues(run, now) });
}

const SAVE_MESSAGE = `
  with message as (
    insert into "RunMessage"
      ("runId", seq, attempt, batch, "contentHash", "createdAt", points, payload, events, lines)
    values ($1, $13, $14, $15, $16, $12, $17, $18, $19, $20)),
  attempt as (
    update "Attempt" set "lastBatch" = $15, "lastStep" = $21, detector = coalesce($22::jsonb, detector) where "runId" = $1 and number = $14 and $15 > 0)
  update "Run" set attempt = $2, step = $3, tokens = $4, "startedAt" = $5, "finishedAt" = $6, "finishStatus" = $7,
    paused = $8, "lastMessageAt" = $9, "messageIntervalMs" = $10, "recentGapsMs" = $11, "updatedAt" = $12, seq = $13
  where id = $1 returning pg_notify('run_message', $1 || ' ' || $13), (
    select coalesce(json_agg(json_build_object('id', c.id, 'kind', c.kind, 'reason', c.reason, 'payload', c.payload) order by c."createdAt", c.id), '[]')
    from "RunCommand" c where c."runId" = $1 and c."acknowledgedAt" is null) as commands`;

export type SavedMessage = { seq: number; commands: RunCommand[] };

/**
 * Writes a locked run's state, and its attempt's, back together with one message under the next `seq`; its events are
 * stored too, and listeners are woken when the transaction commits. Answers the seq and the commands that wait for the
 * trainer: one question to the database instead of four, as this is what every batch costs.
 */
export async function saveMessage(
  sql: Sql,
  run: LockedRun,
  { message, now }: { message: NewMessage; now: number },
): Promise<SavedMessage> {
  const seq = run.seq + 1;
  const events = message.events.length === 0 ? null : JSON.stringify(message.events);
  const { rows } = await sql.query<{ commands: RunCommand[] }>({
    name: "save-run-message",
    text: SAVE_MESSAGE,
    values: [
      ...stateValues(run, now),
      seq,
      message.attempt,
      message.batch,
      message.contentHash,
      message.points,
      message.payload,
      events,
      message.lines,
      message.lastStep,
      message.detector == null ? null : JSON.stringify(message.detector),
    ],
  });
  if (events !== null) {
    await sql.query({
      name: "save-run-events",
      text: SAVE_EVENTS,
      values: [run.id, events, new Date(now)],
    });
  }
  return { seq, commands: rows[0]?.commands ?? [] };
}

// An event that is told again, as a note that was edited, stands with its newest words.
const SAVE_EVENTS = `
  insert into "RunEvent" (id, "runId", attempt, kind, step, time, message, source, data, "createdAt")
  select e.id, $1, e.attempt, e.kind, e.step, to_timestamp(e.time / 1000), e.message, e.source,
    nullif(e.data, 'null'::jsonb), $3
  from jsonb_to_recordset($2::jsonb) as e
    (id text, attempt int, kind text, step bigint, time float8, message text, source text, data jsonb)
  on conflict (id) do update set message = excluded.message, data = excluded.data`;

/** A message that carries no numbers: an attempt opened, a checkpoint completed, the run finished. */
export function eventMessage(attempt: number, events: RunEvent[]): NewMessage {
  return {
    attempt,
    batch: 0,
    contentHash: new Uint8Array(0),
    points: 0,
    payload: null,
    events,
    lines: [],
    lastStep: null,
  };
}

function stateValues(run: LockedRun, now: number): unknown[] {
  return [
    run.id,
    run.attempt,
    run.step,
    run.tokens,
    run.startedAt,
    run.finishedAt,
    run.finishStatus,
    run.paused,
    run.lastMessageAt,
    run.messageIntervalMs,
    run.recentGapsMs,
    new Date(now),
  ];
}
