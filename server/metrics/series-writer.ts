import { CHUNK_POINTS, encodeChunk } from "./chunk-codec.ts";
import { copyPoints, newPoints, type Points, slicePoints } from "./points.ts";
import { type OpenPage, PyramidBuilder, type PyramidPage } from "./pyramid-builder.ts";
import { addPoints, BASE_POINTS, NODE_WIDTH } from "./pyramid-node.ts";

export type SealedChunk = { index: number; payload: Buffer };

/** Where finished rows go. */
export type SeriesRows = { chunk(row: SealedChunk): void; page(row: PyramidPage): void };

/**
 * Turns sorted points into chunks and pyramid pages, in memory. It begins at a chunk's beginning: `count` points stand
 * before, and `open` are the pyramid pages that end there. Points must come in rising step order.
 */
export class SeriesWriter {
  #count: number;
  #filled = 0;
  readonly #buffer = newPoints(CHUNK_POINTS);
  readonly #rows: SeriesRows;
  readonly #pyramid: PyramidBuilder;

  constructor(rows: SeriesRows, count = 0, open: OpenPage[] = []) {
    this.#rows = rows;
    this.#count = count;
    this.#pyramid = new PyramidBuilder((page) => rows.page(page), count, open);
  }

  /** Points written and waiting, those before the beginning included. */
  get count(): number {
    return this.#count + this.#filled;
  }

  push(points: Points): void {
    const total = points.steps.length;
    for (let at = 0; at < total; ) {
      const part = slicePoints(points, at, Math.min(total, at + CHUNK_POINTS - this.#filled));
      copyPoints(part, this.#buffer, this.#filled);
      this.#filled += part.steps.length;
      at += part.steps.length;
      if (this.#filled === CHUNK_POINTS) {
        this.#flush();
      }
    }
  }

  /** Writes the last, unfinished chunk and the open pages. Nothing may be pushed afterwards. */
  finish(): void {
    const count = this.count;
    this.#pyramid.finish(this.#flush(), count);
  }

  /** Writes what waits as one chunk; answers its unfinished level-0 node, if there is one. */
  #flush(): Float64Array | null {
    if (this.#filled === 0) {
      return null;
    }
    const points = slicePoints(this.#buffer, 0, this.#filled);
    this.#rows.chunk({ index: this.#count / CHUNK_POINTS, payload: encodeChunk(points) });
    let unfinished: Float64Array | null = null;
    for (let from = 0; from < this.#filled; from += BASE_POINTS) {
      const node = new Float64Array(NODE_WIDTH);
      const to = Math.min(this.#filled, from + BASE_POINTS);
      addPoints(node, 0, slicePoints(points, from, to));
      if (to - from === BASE_POINTS) {
        this.#pyramid.push(node);
      } else {
        unfinished = node;
      }
    }
    this.#count += this.#filled;
    this.#filled = 0;
    return unfinished;
  }
}
