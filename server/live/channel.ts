import { setImmediate as nextTurn } from "node:timers/promises";
import type { Log } from "../platform/log.ts";
import type { Pool } from "../platform/pool.ts";
import type { LiveBeat } from "../runs/contract.ts";
import { FrameRing, RING_FRAMES } from "./frame-ring.ts";
import { type Frame, readAfter, readNewest, readSeq } from "./read-messages.ts";
import type { Viewer } from "./viewer.ts";

const PAGE = 200;
/** Viewers written to without a pause; about 2 ms. */
const SLICE = 250;
/** Who is further behind reads the down-sampled series again; that is less than all these messages. */
const MOST_BEHIND = 2_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/** Runs a piece of work when its turn comes. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

export type ChannelTools = { pool: Pool; log: Log; turn: Turnstile; pace: Pace };

/** How long a stream may be silent, and how far apart two reads are at least, in milliseconds. */
export type Pace = { quietMs: number; readEveryMs: number };

/** One run's reader and its viewers. Every viewer in the set has received everything up to `#cursor`. */
export class Channel {
  readonly runId: string;
  readonly #tools: ChannelTools;
  readonly #ring: FrameRing;
  readonly #viewers = new Set<Viewer>();
  /** Pages of the past that are being read, by the message that they follow: many who reconnect share one read. */
  readonly #pages = new Map<number, Promise<Frame[]>>();
  #cursor: number;
  #joining = 0;
  #reading = false;
  #behind = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #readAt = 0;
  #retryMs = FIRST_RETRY_MS;
  #spokeAt = performance.now();

  private constructor(runId: string, cursor: number, tools: ChannelTools) {
    this.runId = runId;
    this.#cursor = cursor;
    this.#ring = new FrameRing(cursor);
    this.#tools = tools;
  }

  /** Opens at the run's newest message, with the newest past at hand; null when there is no such run. */
  static async open(runId: string, tools: ChannelTools): Promise<Channel | null> {
    const seq = await readSeq(tools.pool, runId);
    if (seq === null) {
      return null;
    }
    const recent = await readNewest(tools.pool, { runId, limit: RING_FRAMES });
    const first = recent[0];
    const last = recent.at(-1);
    // Without the newest message itself (a trimmed tail) nothing of the past is at hand.
    if (first === undefined || last === undefined || last.seq < seq) {
      return new Channel(runId, seq, tools);
    }
    const channel = new Channel(runId, last.seq, tools);
    channel.#ring.restart(first.seq - 1);
    channel.#ring.push(recent);
    return channel;
  }

  get isIdle(): boolean {
    return this.#viewers.size + this.#joining === 0;
  }

  /**
   * Sends a viewer what it missed since message `since` (null: it wants only what comes) and lets it in. Between
   * the last look at the cursor and the entry into the set nothing is awaited: so there is no gap and no repeat.
   */
  async admit(viewer: Viewer, since: number | null): Promise<void> {
    this.#joining += 1;
    try {
      if (since === null) {
        // An event without data only sets the reader's position, so that a reconnect before the first message has one.
        viewer.send(`id: ${this.#cursor}\n\n`);
      }
      let at: number | null = since ?? this.#cursor;
      while (at !== null && !viewer.gone) {
        at = await this.#advance(viewer, at);
      }
    } finally {
      this.#joining -= 1;
    }
  }

  /** Lets in who can be given all of what it missed at once (null); else sends a page, and says where that ends. */
  async #advance(viewer: Viewer, at: number): Promise<number | null> {
    const missed = this.#reachable(at) ? this.#ring.after(at) : [this.#reset()];
    if (missed !== null) {
      if (missed.length > 0) {
        viewer.send(Buffer.concat(missed));
      }
      this.#enter(viewer);
      return null;
    }
    const page = await this.#readPage(at);
    const last = page.at(-1);
    if (last === undefined || page[0]?.seq !== at + 1) {
      viewer.send(this.#reset());
      this.#enter(viewer);
      return null;
    }
    viewer.send(Buffer.concat(page.map(({ bytes }) => bytes)));
    await viewer.drained();
    return last.seq;
  }

  /** A viewer that left, or came while the channel closed, must not stay in the set. */
  #enter(viewer: Viewer): void {
    if (!viewer.gone && !this.#closed) {
      this.#viewers.add(viewer);
    }
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** Something may have been written: read it soon, once for all viewers. */
  wake(): void {
    this.#behind = true;
    if (this.#reading || this.#closed || this.#timer !== undefined) {
      return;
    }
    const wait = this.#readAt + this.#tools.pace.readEveryMs - performance.now();
    this.#timer = setTimeout(() => void this.#readOn(), Math.max(0, wait));
  }

  /** Called often; says something when nothing was said for long, and looks whether a wake was lost. */
  tick(): void {
    if (performance.now() - this.#spokeAt >= this.#tools.pace.quietMs) {
      void this.#toAll(Buffer.from(": still here\n\n"));
      this.wake();
    }
  }

  /** A sign of life of the trainer, for who is here now. */
  beat(beat: LiveBeat): void {
    if (!this.#closed && this.#viewers.size > 0) {
      void this.#toAll(Buffer.from(`event: beat\ndata: ${JSON.stringify(beat)}\n\n`));
    }
  }

  close(words: () => string): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const viewer of this.#viewers) {
      viewer.end(words());
    }
    this.#viewers.clear();
  }

  async #readOn(): Promise<void> {
    this.#timer = undefined;
    this.#reading = true;
    this.#behind = false;
    this.#readAt = performance.now();
    try {
      const { pool } = this.#tools;
      const frames = await readAfter(pool, {
        runId: this.runId,
        after: this.#cursor,
        limit: PAGE,
      });
      this.#retryMs = FIRST_RETRY_MS;
      await this.#broadcast(frames);
      this.#behind ||= frames.length === PAGE;
    } catch (error) {
      this.#tools.log.warn({ err: error, runId: this.runId }, "The live reader could not read.");
      this.#behind = true;
      this.#readAt = performance.now() + this.#retryMs;
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    }
    this.#reading = false;
    if (this.#behind) {
      this.wake();
    }
  }

  async #broadcast(frames: Frame[]): Promise<void> {
    const first = frames[0];
    const last = frames.at(-1);
    if (first === undefined || last === undefined || this.#closed) {
      return;
    }
    const whole = first.seq === this.#cursor + 1;
    this.#cursor = last.seq;
    if (whole) {
      this.#ring.push(frames);
      await this.#toAll(Buffer.concat(frames.map(({ bytes }) => bytes)));
    } else {
      // The tail was trimmed while the database could not be read: the hole is told, not hidden.
      this.#ring.restart(last.seq);
      await this.#toAll(this.#reset());
    }
  }

  /**
   * Writes to those who are here now; who enters meanwhile has these bytes from the ring already. A pause after
   * every slice lets other requests in between, and what a write leaves behind is collected while it is young.
   */
  async #toAll(bytes: Buffer): Promise<void> {
    this.#spokeAt = performance.now();
    let written = 0;
    for (const viewer of [...this.#viewers]) {
      if (!viewer.send(bytes)) {
        this.#viewers.delete(viewer);
      }
      written += 1;
      if (written % SLICE === 0) {
        await nextTurn();
      }
    }
  }

  #reachable(at: number): boolean {
    return at <= this.#cursor && this.#cursor - at <= MOST_BEHIND;
  }

  #reset(): Buffer {
    const seq = this.#cursor;
    return Buffer.from(`id: ${seq}\nevent: reset\ndata: ${JSON.stringify({ seq })}\n\n`);
  }

  #readPage(after: number): Promise<Frame[]> {
    const known = this.#pages.get(after);
    if (known !== undefined) {
      return known;
    }
    const { pool, turn } = this.#tools;
    const page = turn(() => readAfter(pool, { runId: this.runId, after, limit: PAGE })).finally(
      () => this.#pages.delete(after),
    );
    this.#pages.set(after, page);
    return page;
  }
}
