import { z } from "zod";
import { RunCommand, SendCommand } from "../run-log/contract.ts";
import { sendCommand } from "../run-log/send-command.ts";
import { appendLog } from "../runs/append-log.ts";
import { checkBatch } from "../runs/check-batch.ts";
import {
  FinishRun,
  Heartbeat,
  HeartbeatAnswer,
  LogAnswer,
  LogBatch,
  OpenAttempt,
  OpenedAttempt,
  RecordEvaluation,
  RecordSamples,
  RegisterCheckpoint,
  RegisteredCheckpoint,
  StartedRun,
  StartRun,
} from "../runs/contract.ts";
import { finishRun } from "../runs/finish-run.ts";
import { openAttempt } from "../runs/open-attempt.ts";
import { recordEvaluation } from "../runs/record-evaluation.ts";
import { recordHeartbeat } from "../runs/record-heartbeat.ts";
import { recordSamples } from "../runs/record-samples.ts";
import { registerCheckpoint } from "../runs/register-checkpoint.ts";
import { startRun } from "../runs/start-run.ts";
import { requireProject } from "./authorize.ts";
import { jsonRoute, Replied, type Route } from "./route.ts";

const Stored = z.object({ stored: z.int() });

/** What a trainer sends. */
export const reportRoutes: Route[] = [
  jsonRoute({
    id: "startRun",
    method: "POST",
    path: "/api/v1/runs",
    access: "ingest",
    summary: "Open a run, or resume the one with the same key",
    description:
      "201 for a new run. With a `key` that the project has used before: 200, `resumed: true`, and where the run stands.",
    body: StartRun,
    answer: StartedRun,
    status: 201,
    handle: async ({ pool, clock, body, principal, origin }) => {
      requireProject(principal, body.project);
      const onlyRun = principal?.runId ?? null;
      const started = await startRun(pool, { run: body, now: clock(), origin, onlyRun });
      return new Replied(started.resumed ? 200 : 201, started);
    },
  }),
  jsonRoute({
    id: "openAttempt",
    method: "POST",
    path: "/api/v1/runs/{id}/attempts",
    access: "ingest",
    owner: "run",
    summary: "Open the next attempt",
    description:
      "An attempt is one line of training: going back to a checkpoint opens the next one at that step. The same call again, before anything was logged, answers with the same attempt. A finished run lives again.",
    body: OpenAttempt,
    answer: OpenedAttempt,
    status: 201,
    conflict: "The run is an archived history.",
    handle: ({ pool, clock, params, body }) =>
      openAttempt(pool, { runId: params.id, attempt: body, now: clock() }),
  }),
  jsonRoute({
    id: "appendLog",
    method: "POST",
    path: "/api/v1/runs/{id}/log",
    access: "ingest",
    owner: "run",
    summary: "Log a numbered batch of values, events and console lines",
    description:
      "Columnar: `series[key][i]` belongs to `steps[i]` and `times[i]`; null where a step has no value; `times` may be left out. NaN, Infinity and -Infinity may be bare words or strings. Batches of an attempt are numbered 1, 2, 3 … A number sent again with the same content is answered with `accepted: 0` and stores nothing. Each answer carries the portal's commands, until an event names their `commandId`.",
    body: LogBatch,
    readBody: checkBatch,
    answer: LogAnswer,
    conflict:
      "`conflict`: the attempt is not the current one (`details.attempt` is). `batch_out_of_order`: `details.expected` is next. `batch_content_differs`: that number is stored with other content.",
    handle: ({ pool, clock, params, body }) =>
      appendLog(pool, { runId: params.id, batch: body, now: clock() }),
  }),
  jsonRoute({
    id: "heartbeat",
    method: "POST",
    path: "/api/v1/runs/{id}/heartbeat",
    access: "ingest",
    owner: "run",
    summary: "A sign of life between batches",
    body: Heartbeat,
    answer: HeartbeatAnswer,
    conflict: "The attempt is not the current one; `details.attempt` is.",
    handle: ({ pool, clock, params, body }) =>
      recordHeartbeat(pool, { runId: params.id, heartbeat: body, now: clock() }),
  }),
  jsonRoute({
    id: "registerCheckpoint",
    method: "POST",
    path: "/api/v1/runs/{id}/checkpoints",
    access: "ingest",
    owner: "run",
    summary: "Register a checkpoint's files, or ask what is missing of them",
    description:
      "Then send each incomplete file with PATCH. When the last one is complete the checkpoint becomes public at once. Files whose bytes the portal has already are complete without an upload.",
    body: RegisterCheckpoint,
    answer: RegisteredCheckpoint,
    conflict:
      "The checkpoint of this step is public already, with other files; or there is no such attempt.",
    handle: ({ pool, blobs, clock, params, body }) =>
      registerCheckpoint({ pool, blobs }, { runId: params.id, checkpoint: body, now: clock() }),
  }),
  jsonRoute({
    id: "recordSamples",
    method: "POST",
    path: "/api/v1/runs/{id}/samples",
    access: "ingest",
    owner: "run",
    summary: "Keep texts that the model generated at a step",
    description: "The last text sent for an attempt, step, prompt and task stays.",
    body: RecordSamples,
    answer: Stored,
    conflict: "There is no such attempt.",
    handle: ({ pool, clock, params, body }) =>
      recordSamples(pool, { runId: params.id, record: body, now: clock() }),
  }),
  jsonRoute({
    id: "recordEvaluation",
    method: "POST",
    path: "/api/v1/runs/{id}/evaluations",
    access: "ingest",
    owner: "run",
    summary: "Keep results of an evaluation at a step",
    description: "Results of one step may come in several calls; the last value of a name stays.",
    body: RecordEvaluation,
    answer: Stored,
    conflict: "There is no such attempt.",
    handle: ({ pool, clock, params, body }) =>
      recordEvaluation(pool, { runId: params.id, record: body, now: clock() }),
  }),
  jsonRoute({
    id: "finishRun",
    method: "POST",
    path: "/api/v1/runs/{id}/finish",
    access: "ingest",
    owner: "run",
    summary: "Say how the run ended",
    description:
      "Saying it again changes nothing. A batch or an attempt afterwards opens the run again.",
    body: FinishRun,
    answer: FinishRun,
    conflict: "The run is an archived history.",
    handle: ({ pool, clock, params, body }) =>
      finishRun(pool, { runId: params.id, finish: body, now: clock() }),
  }),
  jsonRoute({
    id: "sendCommand",
    method: "POST",
    path: "/api/v1/runs/{id}/commands",
    access: "control",
    owner: "run",
    summary: "Ask the run's trainer for something",
    description:
      "The trainer finds it in its next answer. The same kind again, while it is pending, is not doubled.",
    body: SendCommand,
    answer: RunCommand,
    status: 201,
    conflict: "The run has ended; no trainer listens.",
    handle: ({ db, clock, params, body }) =>
      sendCommand(db, { runId: params.id, command: body, memberId: null, now: clock() }),
  }),
];
