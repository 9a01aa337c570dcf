import type { Frame } from "./read-messages.ts";

/** How much of the newest past is kept in memory for those who reconnect. */
export const RING_FRAMES = 256;
const RING_BYTES = 1024 * 1024;

/** The newest frames of a run without a hole: everything after `floor`. */
export class FrameRing {
  #frames: Frame[] = [];
  #bytes = 0;
  #floor: number;

  /** `floor`: the number of the last message before the ring's first. */
  constructor(floor: number) {
    this.#floor = floor;
  }

  push(frames: Frame[]): void {
    for (const frame of frames) {
      this.#frames.push(frame);
      this.#bytes += frame.bytes.length;
    }
    let drop = 0;
    while (
      drop < this.#frames.length &&
      (this.#frames.length - drop > RING_FRAMES || this.#bytes > RING_BYTES)
    ) {
      const old = this.#frames[drop++] as Frame;
      this.#bytes -= old.bytes.length;
      this.#floor = old.seq;
    }
    this.#frames.splice(0, drop);
  }

  /** Everything after message `seq`, or null when the ring does not reach back that far. */
  after(seq: number): Buffer[] | null {
    if (seq < this.#floor) {
      return null;
    }
    return this.#frames.filter((frame) => frame.seq > seq).map((frame) => frame.bytes);
  }

  /** Forgets everything: the past begins after `seq`. */
  restart(seq: number): void {
    this.#frames = [];
    this.#bytes = 0;
    this.#floor = seq;
  }
}
