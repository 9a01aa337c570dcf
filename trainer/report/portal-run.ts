import { z } from "zod";
import type { RunCommand } from "#server/run-log/contract.ts";
import {
  HeartbeatAnswer,
  LogAnswer,
  type LogBatch,
  OpenedAttempt,
  StartedRun,
  type StartRunInput,
} from "#server/runs/contract.ts";
import type { JournalRecord } from "./journal-record.ts";
import type { Answer, PortalClient } from "./portal-client.ts";
import type { SenderState, SenderStore } from "./sender-state.ts";
import type { Upload } from "./uploader.ts";

const REFUSED_WAIT_MS = 15_000;

export type PortalRunOptions = {
  client: PortalClient;
  /** The portal's address. */
  portal: string;
  run: StartRunInput;
  store: SenderStore;
  onCommand: (command: RunCommand) => void;
  onUpload: (upload: Upload) => void;
  /** One sentence for the person at the trainer. */
  notify: (text: string) => void;
};

/** What became of a record: it is with the portal, or it must be brought again. */
export type Delivery = "done" | { retry: string; waitMs: number | null };

type RecordOf<K extends JournalRecord["kind"]> = Extract<JournalRecord, { kind: K }>;

/**
 * The run as the portal knows it. Translates the trainer's attempt and batch numbers into the portal's, opens attempts
 * there (once, also when an answer is lost), and brings it one record of the journal at a time.
 */
export class PortalRun {
  connected = false;
  private readonly o: PortalRunOptions;
  private address = "";
  /** The portal's newest attempt, as far as we know. */
  private newest = 0;
  /** Where the last disagreement about numbers was; a second one at the same record opens no further attempt. */
  private conflictAt = -1;

  constructor(options: PortalRunOptions) {
    this.o = options;
  }

  private get state(): SenderState {
    return this.o.store.value;
  }

  /** Creates the run or finds it by its key. `next` is the record that will be delivered first. */
  async connect(next: JournalRecord | null): Promise<Delivery> {
    const { client, run, store, notify, portal } = this.o;
    const answer = await client.ask({
      method: "POST",
      path: "/api/v1/runs",
      json: run,
      answer: StartedRun,
    });
    if (answer.kind !== "ok") {
      return retry(answer);
    }
    const { id, attempt, url } = answer.value;
    if (this.state.runId !== id) {
      // Another run than before: nothing of ours is known there.
      store.save({ runId: id, attempt: null, opening: null }, true);
    } else if (this.state.opening !== null && attempt > this.state.opening.remoteBefore) {
      // The answer to opening an attempt was lost, but it was opened: we are the only one who opens attempts.
      store.save({ attempt: adopt(next, attempt), opening: null }, true);
    }
    this.newest = attempt;
    this.connected = true;
    if (this.address !== url) {
      this.address = url;
      notify(`Reporting to ${new URL(url, portal).href}`);
    }
    return "done";
  }

  deliver(record: JournalRecord): Promise<Delivery> | Delivery {
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

  /** A sign of life; a failure does not matter, for the next one comes soon. */
  async beat(paused: boolean): Promise<void> {
    if (this.state.attempt === null) {
      return;
    }
    const json = { attempt: this.state.attempt.remote, state: paused ? "paused" : "running" };
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

  private path(what: string): string {
    return `/api/v1/runs/${encodeURIComponent(this.state.runId ?? "")}/${what}`;
  }

  private async openAttempt(o: {
    attempt: number;
    fromStep: number;
    reason: string;
    shift: number;
  }): Promise<Delivery> {
    this.o.store.save({ opening: { remoteBefore: this.newest } }, true);
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
    this.newest = answer.value.attempt;
    this.o.store.save(
      { attempt: { local: o.attempt, remote: this.newest, shift: o.shift }, opening: null },
      true,
    );
    return "done";
  }

  private async sendBatch(body: LogBatch): Promise<Delivery> {
    if (this.state.attempt?.local !== body.attempt) {
      // The portal lost this attempt or never knew it.
      const fromStep = Math.max(0, (body.steps[0] ?? 1) - 1);
      const reason = "The trainer reports to this portal from here on.";
      const opened = await this.openAttempt({
        attempt: body.attempt,
        fromStep,
        reason,
        shift: body.batch - 1,
      });
      if (opened !== "done") {
        return opened;
      }
    }
    const { remote, shift } = this.state.attempt ?? { remote: 0, shift: 0 };
    const json = { ...body, attempt: remote, batch: body.batch - shift };
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
      this.o.store.save({ attempt: null }, true);
      return { retry: answer.reason, waitMs: 0 };
    }
    return this.settle(answer, ({ commands, warnings }) => {
      warnings.forEach(this.o.notify);
      this.receive(commands);
    });
  }

  private receive(commands: RunCommand[]): void {
    for (const command of commands) {
      this.o.onCommand(command);
    }
  }

  private async sendRecord(record: RecordOf<"samples" | "evaluation">): Promise<Delivery> {
    const { attempt } = this.state;
    if (attempt?.local !== record.body.attempt) {
      return "done";
    }
    const path = this.path(record.kind === "samples" ? "samples" : "evaluations");
    const json = { ...record.body, attempt: attempt.remote };
    return this.settle(
      await this.o.client.ask({ method: "POST", path, json, answer: z.unknown() }),
    );
  }

  private handOver({ kind: _, ...record }: RecordOf<"checkpoint">): Delivery {
    const { attempt, runId } = this.state;
    if (attempt?.local === record.attempt && runId !== null) {
      this.o.onUpload({ ...record, runId, attempt: attempt.remote });
    }
    return "done";
  }

  private async sendFinish({ status, message }: RecordOf<"finish">): Promise<Delivery> {
    const json = { status, message };
    return this.settle(
      await this.o.client.ask({
        method: "POST",
        path: this.path("finish"),
        json,
        answer: z.unknown(),
      }),
    );
  }

  /** A record that the portal understands but refuses would block all that follow: it is named and passed over. */
  private settle<T>(answer: Answer<T>, onValue: (value: T) => void = () => undefined): Delivery {
    if (answer.kind === "ok") {
      onValue(answer.value);
      return "done";
    }
    if (answer.kind === "later") {
      return retry(answer);
    }
    if (![401, 403, 404].includes(answer.status)) {
      this.o.notify(`The portal refused a report and it is left out: ${answer.reason}`);
      return "done";
    }
    this.connected = false;
    return retry(answer);
  }
}

function adopt(next: JournalRecord | null, remote: number): SenderState["attempt"] {
  if (next?.kind === "attempt") {
    return { local: next.attempt, remote, shift: 0 };
  }
  return next?.kind === "log"
    ? { local: next.body.attempt, remote, shift: next.body.batch - 1 }
    : null;
}

function retry(answer: Exclude<Answer<unknown>, { kind: "ok" }>): Delivery {
  const waitMs = answer.kind === "later" ? answer.waitMs : REFUSED_WAIT_MS;
  return { retry: answer.reason, waitMs };
}
