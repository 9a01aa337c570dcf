import { backOffMs, Nap } from "./back-off.ts";
import type { Journal } from "./journal.ts";
import { type Delivery, PortalRun, type PortalRunOptions } from "./portal-run.ts";
import { readSenderState, type SenderState, SenderStore } from "./sender-state.ts";

const HEARTBEAT_MS = 5_000;
const PAUSED_HEARTBEAT_MS = 1_000;

export type SenderOptions = Omit<PortalRunOptions, "store"> & {
  journal: Journal;
  statePath: string;
  signal: AbortSignal;
};

/**
 * Reads the journal in order and brings each record to the portal, one request at a time. A record is passed only
 * when the portal has acknowledged it; a batch that is sent again has the same number and content, which the portal
 * answers like the first time. So every acknowledged point is there once, whatever dies in between.
 */
export class Sender {
  private readonly o: SenderOptions;
  private readonly store: SenderStore;
  private readonly run: PortalRun;
  private readonly nap = new Nap();
  private paused = false;
  private busy = false;
  private away = false;

  constructor(options: SenderOptions) {
    this.o = options;
    this.store = new SenderStore(options.statePath, startingState(options));
    this.run = new PortalRun({ ...options, store: this.store });
  }

  /** True when everything in the journal is acknowledged. */
  drained(): boolean {
    return this.store.value.offset >= this.o.journal.size;
  }

  /** True while a request is under way or waits to be repeated; then batches had better grow. */
  isBusy(): boolean {
    return this.busy || !this.drained();
  }

  position(): { runId: string | null; attempt: number } {
    const { runId, attempt } = this.store.value;
    return { runId, attempt: attempt?.remote ?? 0 };
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.wake();
  }

  /** There is something to send. While the portal is away its back-off is not cut short. */
  wake(): void {
    if (!this.away) {
      this.nap.wake();
    }
  }

  /** Works until the signal is given. */
  async work(): Promise<void> {
    const { signal } = this.o;
    let failures = 0;
    while (!signal.aborted) {
      this.busy = true;
      const outcome = await this.deliverNext();
      this.busy = false;
      if (outcome === "idle") {
        await this.rest();
      } else if (outcome === "done") {
        failures = 0;
        this.returned();
      } else {
        failures += 1;
        this.lost(outcome.retry);
        await this.nap.sleep(outcome.waitMs ?? backOffMs(failures), signal);
      }
    }
  }

  private async deliverNext(): Promise<Delivery | "idle"> {
    const { journal } = this.o;
    const next = journal.read(this.store.value.offset);
    if (!this.run.connected) {
      return this.run.connect(next?.record ?? null);
    }
    if (next === null) {
      this.turnJournal();
      return "idle";
    }
    await journal.sync();
    const outcome = await this.run.deliver(next.record);
    if (outcome === "done") {
      this.store.save({ offset: next.next }, false);
    }
    return outcome;
  }

  private turnJournal(): void {
    const { journal } = this.o;
    const offset = journal.turn(this.store.value.offset);
    if (offset !== null) {
      this.store.save({ generation: journal.generation, offset }, true);
      journal.removeOld().catch(() => undefined);
    }
  }

  /** Waits for work, and gives a sign of life when none comes. */
  private async rest(): Promise<void> {
    await this.nap.sleep(this.paused ? PAUSED_HEARTBEAT_MS : HEARTBEAT_MS, this.o.signal);
    if (this.drained() && !this.o.signal.aborted) {
      await this.run.beat(this.paused);
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
}

/** The cursor on disk, if it belongs to this journal; another portal knows nothing of what the last one was told. */
function startingState({ portal, journal, statePath }: SenderOptions): SenderState {
  const fresh: SenderState = {
    portal,
    runId: null,
    generation: journal.generation,
    offset: 0,
    attempt: null,
    opening: null,
  };
  const known = readSenderState(statePath);
  if (known === null || known.generation !== journal.generation || known.offset > journal.size) {
    return fresh;
  }
  return known.portal === portal
    ? known
    : { ...known, portal, runId: null, attempt: null, opening: null };
}
