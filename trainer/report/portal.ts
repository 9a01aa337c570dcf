import { join } from "node:path";
import type { RunCommand } from "#server/run-log/contract.ts";
import type { StartRunInput } from "#server/runs/contract.ts";
import { createBacklog } from "./backlog.ts";
import { type Journal, openJournal } from "./journal.ts";
import type { JournalRecord } from "./journal-record.ts";
import { createOpenBatch, type OpenBatch, wireNumber } from "./open-batch.ts";
import { createPortalClient } from "./portal-client.ts";
import { Sender } from "./sender.ts";
import { readSenderState } from "./sender-state.ts";
import type { Sink, StepValues } from "./sink.ts";
import { Uploader } from "./uploader.ts";

/** A batch is closed after this long when the line is free … */
const TICK_MS = 250;
/** … and after this long when it is not, so that few words are lost if the trainer dies. */
const OLDEST_MS = 5_000;

export type PortalOptions = {
  url: string;
  token: string;
  /** Where the journal, the cursor and the list of uploads lie. */
  directory: string;
  run: StartRunInput;
  /** The step that training goes on from: 0, or a checkpoint's. */
  fromStep: number;
  onCommand: (command: RunCommand) => void;
  notify: (text: string) => void;
};

export type Portal = {
  sink: Sink;
  /** True when this start opens an attempt: the first one, or one that goes back behind reported steps. */
  newAttempt: boolean;
  setPaused(paused: boolean): void;
  position(): { runId: string | null; attempt: number; lastBatch: number };
};

/**
 * The sink that reports to the portal: steps collect in one open batch, closed batches go to the journal, and the
 * sender brings the journal to the portal. A new attempt is opened only when steps after `fromStep` were reported.
 */
export async function openPortal(options: PortalOptions): Promise<Portal> {
  const { directory, url, token, fromStep, notify } = options;
  const statePath = join(directory, "sender.json");
  const journal = await openJournal(directory, readSenderState(statePath)?.generation ?? null);
  const newAttempt = beginAttempt(journal, fromStep);
  const stop = new AbortController();
  const client = createPortalClient(url, token, stop.signal);
  const uploader = new Uploader({
    client,
    listPath: join(directory, "uploads.json"),
    signal: stop.signal,
    notify,
  });
  const { run, onCommand } = options;
  const onUpload = uploader.add.bind(uploader);
  const sender = new Sender({
    client,
    portal: url,
    run,
    journal,
    statePath,
    signal: stop.signal,
    onCommand,
    onUpload,
    notify,
  });
  const running = Promise.all([sender.work(), uploader.run()]);
  const writer = createWriter(journal, sender, notify);
  return {
    sink: {
      ...writer.sink,
      close: (patienceMs) =>
        close({ journal, writer, sender, uploader, stop, running }, patienceMs),
    },
    newAttempt,
    setPaused: (paused) => sender.setPaused(paused),
    position: () => ({ ...sender.position(), lastBatch: journal.numbering.batch }),
  };
}

function beginAttempt(journal: Journal, fromStep: number): boolean {
  const { attempt, step } = journal.numbering;
  if (attempt > 0 && step <= fromStep) {
    return false;
  }
  const reason =
    attempt === 0
      ? "The run begins."
      : `The trainer was stopped after step ${step} and goes on from its checkpoint of step ${fromStep}.`;
  journal.append({ kind: "attempt", attempt: attempt + 1, fromStep, reason });
  return true;
}

type Writer = { sink: Omit<Sink, "close">; closeBatch(): void; end(): void };

function createWriter(journal: Journal, sender: Sender, notify: (text: string) => void): Writer {
  const open = createOpenBatch(Date.now);
  const attempt = (): number => journal.numbering.attempt;
  const backlog = createBacklog((record) => journal.append(record), notify);
  const closeBatch = (): void => {
    const content = open.take();
    if (content !== null) {
      backlog.put(() => ({
        kind: "log",
        body: { ...content, attempt: attempt(), batch: journal.numbering.batch + 1 },
      }));
      sender.wake();
    }
  };
  const grown = (): void => {
    if (open.full()) {
      closeBatch();
    }
  };
  const timer = setInterval(() => {
    backlog.retry();
    closeDue(open, sender, closeBatch);
  }, TICK_MS);
  /** Whatever is not a batch waits behind the steps that came before it. */
  const append = (make: () => JournalRecord): void => {
    closeBatch();
    backlog.put(make);
    sender.wake();
  };
  return {
    closeBatch,
    end: () => clearInterval(timer),
    sink: {
      log: (step, values) => {
        open.addStep(step, values);
        grown();
      },
      event: (event) => {
        open.addEvent(event);
        grown();
      },
      line: (text) => {
        open.addLine(text);
        grown();
      },
      samples: (step, samples) =>
        append(() => ({ kind: "samples", body: { attempt: attempt(), step, samples } })),
      evaluation: (step, results) =>
        append(() => ({
          kind: "evaluation",
          body: { attempt: attempt(), step, results: wireValues(results) },
        })),
      checkpoint: ({ metrics, ...checkpoint }) =>
        append(() => ({
          kind: "checkpoint",
          attempt: attempt(),
          ...checkpoint,
          metrics: wireValues(metrics),
        })),
      rollback: (fromStep, reason) =>
        append(() => ({ kind: "attempt", attempt: attempt() + 1, fromStep, reason })),
      settle: closeBatch,
      finish: (status, message) => append(() => ({ kind: "finish", status, message })),
    },
  };
}

function closeDue(open: OpenBatch, sender: Sender, closeBatch: () => void): void {
  const since = open.since();
  if (since !== null && (!sender.isBusy() || Date.now() - since >= OLDEST_MS)) {
    closeBatch();
  }
}

function wireValues(values: StepValues): Record<string, ReturnType<typeof wireNumber>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, wireNumber(value)]));
}

type Running = {
  journal: Journal;
  writer: Writer;
  sender: Sender;
  uploader: Uploader;
  stop: AbortController;
  running: Promise<unknown>;
};

/** Sends what it can within the patience; the rest stays in the journal for the next start. */
async function close(
  { journal, writer, sender, uploader, stop, running }: Running,
  patienceMs: number,
): Promise<void> {
  writer.closeBatch();
  writer.end();
  const until = Date.now() + patienceMs;
  while (Date.now() < until && !(sender.drained() && uploader.idle())) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  stop.abort();
  await running;
  journal.close();
}
