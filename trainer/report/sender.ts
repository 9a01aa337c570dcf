import { z } from "zod";
import {
  HeartbeatAnswer,
  LogAnswer,
  type LogBatch,
  OpenedAttempt,
  type RunCommand,
  StartedRun,
  type StartRunInput,
} from "#server/runs/contract.ts";
import { backOffMs, Nap } from "./back-off.ts";
import type { Journal } from "./journal.ts";
import type { JournalRecord } from "./journal-record.ts";
import type { Answer, PortalClient } from "./portal-client.ts";
import { readSenderState, type SenderState, writeSenderState } from "./sender-state.ts";

const HEARTBEAT_MS = 5_000;
const PAUSED_HEARTBEAT_MS = 1_000;
const REFUSED_WAIT_MS = 15_000;

export type PendingUpload = {
  runId: string;
  attempt: number;
  step: number;
  tokens: number;
  metrics: Record<string, number | string>;
  directory: string;
  files: string[];
};

export type SenderOptions = {
  client: PortalClient;
  portal: string;
  run: StartRunInput;
  journal: Journal;
  statePath: string;
  signal: AbortSignal;
  onCommand: (command: RunCommand) => void;
  onUpload: (upload: PendingUpload) => void;
  /** One sentence for the person at the trainer. */
  notify: (text: string) => void;
};

type Delivery = "done" | { retry: string; waitMs: number | null };

/**
 * Reads the journal in order and brings each record to the portal, one request at a time. A record is passed only
 * when the portal has acknowledged it; a batch that is sent again has the same number and content, which the portal
 * answers like the first time. So every acknowledged point is there once, whatever dies in between.
 */
export class Sender {
  private readonly o: SenderOptions;
  private readonly nap = new Nap();
  private state: SenderState;
  private url = "";
  /** The portal's newest attempt, as far as we know. */
  private remoteAttempt = 0;
  /** Where the last disagreement about numbers was; a second one at the same record is not answered by another attempt. */
  private conflictAt = -1;
  private connected = false;
  private paused = false;
  private busy = false;
  private away = false;

  constructor(options: SenderOptions) {
    this.o = options;
    const { portal, journal, statePath } = options;
    const fresh = {
      portal,
      runId: null,
      generation: journal.generation,
      offset: 0,
      attempt: null,
      opening: null,
    };
    const known = readSenderState(statePath);
    const usable =
      known !== null && known.generation === journal.generation && known.offset <= journal.size;
    this.state = usable ? known : fresh;
    if (this.state.portal !== portal) {
      this.state = { ...this.state, portal, runId: null, attempt: null, opening: null };
    }
  }

  /** True when everything in the journal is acknowledged. */
  drained(): boolean {
    return this.state.offset >= this.o.journal.size;
  }

  /** True while a request is under way or waits to be repeated; then batches had better grow. */
  isBusy(): boolean {
    return this.busy || !this.drained();
  }

  position(): { runId: string | null; attempt: number } {
    return { runId: this.state.runId, attempt: this.state.attempt?.remote ?? 0 };
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.nap.wake();
  }

  wake(): void {
    if (!this.away) {
      this.nap.wake();
    }
  }

  async run(): Promise<void> {
    let failures = 0;
    while (!this.o.signal.aborted) {
      this.busy = true;
      const outcome = this.connected ? await this.deliverNext() : await this.connect();
      this.busy = false;
      if (outcome === "idle") {
        await this.beat();
      } else if (outcome === "done") {
        failures = 0;
        this.returned();
      } else {
        failures += 1;
        this.lost(outcome.retry);
        await this.nap.sleep(outcome.waitMs ?? backOffMs(failures), this.o.signal);
      }
    }
  }

  private lost(reason: string): void {
    if (!this.away && !this.o.signal.aborted) {
      this.away = true;
      this.o.notify(
        `The portal does not take reports (${reason}). Training goes on; reports wait on disk.`,
      );
    }
  }

  private returned(): void {
    if (this.away) {
      this.away = false;
      this.o.notify("The portal takes reports again.");
    }
  }

  /** Creates the run or finds it by its key. A different run than before means that nothing of it is known there. */
  private async connect(): Promise<Delivery> {
    const answer = await this.o.client.ask({
      method: "POST",
      path: "/api/v1/runs",
      json: this.o.run,
      answer: StartedRun,
    });
    if (answer.kind !== "ok") {
      return retry(answer);
    }
    const { id, attempt, url } = answer.value;
    if (this.state.runId !== id) {
      this.save({ runId: id, attempt: null, opening: null }, true);
    } else if (this.state.opening !== null && attempt > this.state.opening.remoteBefore) {
      // The answer to opening an attempt was lost, but it was opened: we are the only one who opens attempts.
      this.save({ attempt: this.adopted(attempt), opening: null }, true);
    }
    this.remoteAttempt = attempt;
    this.connected = true;
    if (this.url !== url) {
      this.url = url;
      this.o.notify(`Reporting to ${new URL(url, this.o.portal).href}`);
    }
    return "done";
  }

  private adopted(remote: number): SenderState["attempt"] {
    const next = this.o.journal.read(this.state.offset)?.record;
    if (next?.kind === "attempt") {
      return { local: next.attempt, remote, shift: 0 };
    }
    return next?.kind === "log"
      ? { local: next.body.attempt, remote, shift: next.body.batch - 1 }
      : null;
  }

  private async deliverNext(): Promise<Delivery | "idle"> {
    const next = this.o.journal.read(this.state.offset);
    if (next === null) {
      this.turnJournal();
      return "idle";
    }
    await this.o.journal.sync();
    const outcome = await this.deliver(next.record);
    if (outcome === "done") {
      this.save({ offset: next.next }, false);
    }
    return outcome;
  }

  private turnJournal(): void {
    const offset = this.o.journal.turn(this.state.offset);
    if (offset !== null) {
      this.save({ generation: this.o.journal.generation, offset }, true);
      this.o.journal.removeOld().catch(() => undefined);
    }
  }

  private deliver(record: JournalRecord): Promise<Delivery> | Delivery {
    switch (record.kind) {
      case "header":
        return "done";
      case "attempt":
        return this.state.attempt?.local === record.attempt
          ? "done"
          : this.openAttempt({ ...record, shift: 0 });
      case "log":
        return this.sendBatch(record.body);
      case "samples":
      case "evaluation":
        return this.sendRecord(record);
      case "checkpoint":
        return this.handOver(record);
      case "finish":
        return this.sendFinish(record);
    }
  }

  private async openAttempt(o: {
    attempt: number;
    fromStep: number;
    reason: string;
    shift: number;
  }): Promise<Delivery> {
    this.save({ opening: { remoteBefore: this.remoteAttempt } }, true);
    const json = { fromStep: o.fromStep, reason: o.reason };
    const answer = await this.o.client.ask({
      method: "POST",
      path: this.path("attempts"),
      json,
      answer: OpenedAttempt,
    });
    if (answer.kind !== "ok") {
      this.connected = false;
      return retry(answer);
    }
    this.remoteAttempt = answer.value.attempt;
    this.save(
      { attempt: { local: o.attempt, remote: this.remoteAttempt, shift: o.shift }, opening: null },
      true,
    );
    return "done";
  }

  private path(what: string): string {
    return `/api/v1/runs/${encodeURIComponent(this.state.runId ?? "")}/${what}`;
  }

  /** Makes sure that the portal has an attempt for one of ours, opening one where it lost or never knew it. */
  private async ensureAttempt(
    local: number,
    fromStep: number,
    firstBatch: number,
  ): Promise<Delivery> {
    if (this.state.attempt?.local === local) {
      return "done";
    }
    const reason = "The trainer reports to this portal from here on.";
    return this.openAttempt({ attempt: local, fromStep, reason, shift: firstBatch - 1 });
  }

  private async sendBatch(body: LogBatch): Promise<Delivery> {
    const first = Math.max(0, (body.steps[0] ?? 1) - 1);
    const ready = await this.ensureAttempt(body.attempt, first, body.batch);
    const { attempt } = this.state;
    if (ready !== "done" || attempt === null) {
      return ready;
    }
    const json = { ...body, attempt: attempt.remote, batch: body.batch - attempt.shift };
    const answer = await this.o.client.ask({
      method: "POST",
      path: this.path("log"),
      json,
      answer: LogAnswer,
    });
    if (
      answer.kind === "refused" &&
      answer.status === 409 &&
      this.conflictAt !== this.state.offset
    ) {
      this.conflictAt = this.state.offset;
      this.o.notify(`The portal's numbering differs (${answer.reason}). A new attempt is opened.`);
      this.save({ attempt: null }, true);
      return { retry: answer.reason, waitMs: 0 };
    }
    return this.settle(answer, (value) => this.receive(value.commands));
  }

  private receive(commands: RunCommand[]): void {
    for (const command of commands) {
      this.o.onCommand(command);
    }
  }

  private async sendRecord(
    record: Extract<JournalRecord, { kind: "samples" | "evaluation" }>,
  ): Promise<Delivery> {
    const { attempt } = this.state;
    if (attempt?.local !== record.body.attempt) {
      return "done";
    }
    const path = this.path(record.kind === "samples" ? "samples" : "evaluations");
    const json = { ...record.body, attempt: attempt.remote };
    return this.settle(
      await this.o.client.ask({ method: "POST", path, json, answer: z.unknown() }),
      () => undefined,
    );
  }

  private handOver(record: Extract<JournalRecord, { kind: "checkpoint" }>): Delivery {
    const { attempt, runId } = this.state;
    if (attempt?.local === record.attempt && runId !== null) {
      const { step, tokens, metrics, directory, files } = record;
      this.o.onUpload({ runId, attempt: attempt.remote, step, tokens, metrics, directory, files });
    }
    return "done";
  }

  private async sendFinish({
    status,
    message,
  }: {
    status: string;
    message: string;
  }): Promise<Delivery> {
    const answer = await this.o.client.ask({
      method: "POST",
      path: this.path("finish"),
      json: { status, message },
      answer: z.unknown(),
    });
    return this.settle(answer, () => undefined);
  }

  /** A record that the portal understands but refuses would block all that follow: it is named and passed over. */
  private settle<T>(answer: Answer<T>, onValue: (value: T) => void): Delivery {
    if (answer.kind === "ok") {
      onValue(answer.value);
      return "done";
    }
    if (answer.kind === "refused" && ![401, 403, 404].includes(answer.status)) {
      this.o.notify(`The portal refused a report and it is left out: ${answer.reason}`);
      return "done";
    }
    this.connected = answer.kind === "refused" ? false : this.connected;
    return retry(answer);
  }

  private async beat(): Promise<void> {
    await this.nap.sleep(this.paused ? PAUSED_HEARTBEAT_MS : HEARTBEAT_MS, this.o.signal);
    if (!this.drained() || this.state.attempt === null || this.o.signal.aborted) {
      return;
    }
    const json = { attempt: this.state.attempt.remote, state: this.paused ? "paused" : "running" };
    const answer = await this.o.client.ask({
      method: "POST",
      path: this.path("heartbeat"),
      json,
      answer: HeartbeatAnswer,
    });
    if (answer.kind === "ok") {
      this.receive(answer.value.commands);
    }
  }

  private save(change: Partial<SenderState>, durable: boolean): void {
    this.state = { ...this.state, ...change };
    writeSenderState(this.o.statePath, this.state, durable);
  }
}

function retry(answer: Exclude<Answer<unknown>, { kind: "ok" }>): {
  retry: string;
  waitMs: number | null;
} {
  return answer.kind === "later"
    ? { retry: answer.reason, waitMs: answer.waitMs }
    : { retry: answer.reason, waitMs: REFUSED_WAIT_MS };
}
