import {
  addNode,
  FAN_OUT,
  NODE,
  NODE_WIDTH,
  NODES_PER_PAGE,
  nodePoints,
  topLevel,
} from "./pyramid-node.ts";

/** A page of nodes as the database holds it. */
export type PyramidPage = { level: number; page: number; nodes: Float64Array };

/** The whole nodes of a level's open page: what an append needs in order to go on. */
export type OpenPage = { level: number; nodes: Float64Array };

type Level = { done: number; page: Float64Array };

/**
 * Builds a series' pyramid from the bottom: whole level-0 nodes are pushed, every fourth node of a level makes one of
 * the next. Full pages are handed to `emit` as they fill; `finish` hands out the open ones.
 */
export class PyramidBuilder {
  readonly #levels: Level[] = [];
  readonly #emit: (page: PyramidPage) => void;

  /** Goes on behind `count` points, a multiple of what a chunk holds, from the open pages that end there. */
  constructor(emit: (page: PyramidPage) => void, count = 0, open: OpenPage[] = []) {
    this.#emit = emit;
    for (let level = 0; nodePoints(level) <= count; level++) {
      this.#level(level).done = Math.floor(count / nodePoints(level));
    }
    for (const { level, nodes } of open) {
      this.#level(level).page.set(nodes);
    }
  }

  /** Adds a whole node of level 0. */
  push(node: Float64Array): void {
    let level = 0;
    let next: Float64Array | null = node;
    while (next !== null) {
      next = this.#pushAt(level, next);
      level += 1;
    }
  }

  /** Hands out every open page, with the last node of each level as far as it goes; `node` is level 0's, if any. */
  finish(node: Float64Array | null, count: number): void {
    let partial = node;
    for (let level = 0; level <= topLevel(count); level++) {
      const { done, page } = this.#level(level);
      const used = done % NODES_PER_PAGE;
      const pageNumber = Math.floor(done / NODES_PER_PAGE);
      const nodes = new Float64Array((used + (partial === null ? 0 : 1)) * NODE_WIDTH);
      nodes.set(page.subarray(0, used * NODE_WIDTH));
      if (partial !== null) {
        nodes.set(partial, used * NODE_WIDTH);
      }
      if (nodes.length > 0) {
        this.#emit({ level, page: pageNumber, nodes });
      }
      partial = this.#partialParent(level, partial);
    }
  }

  #level(level: number): Level {
    const found = this.#levels[level];
    if (found !== undefined) {
      return found;
    }
    const fresh = { done: 0, page: new Float64Array(NODES_PER_PAGE * NODE_WIDTH) };
    this.#levels[level] = fresh;
    return fresh;
  }

  /** Answers the parent when this node completes one. */
  #pushAt(level: number, node: Float64Array): Float64Array | null {
    const state = this.#level(level);
    const place = state.done % NODES_PER_PAGE;
    state.page.set(node, place * NODE_WIDTH);
    state.done += 1;
    const parent =
      state.done % FAN_OUT === 0 ? combine(state.page, place + 1 - FAN_OUT, place + 1) : null;
    if (place + 1 === NODES_PER_PAGE) {
      const page = Math.floor((state.done - 1) / NODES_PER_PAGE);
      this.#emit({ level, page, nodes: state.page.slice() });
    }
    return parent;
  }

  /** The unfinished node above: the whole children since the last full group, and the unfinished child. */
  #partialParent(level: number, partial: Float64Array | null): Float64Array | null {
    const { done, page } = this.#level(level);
    const end = done % NODES_PER_PAGE;
    const parent = combine(page, end - (done % FAN_OUT), end);
    if (partial !== null) {
      addNode(parent, 0, partial);
    }
    return parent[NODE.count] === 0 ? null : parent;
  }
}

function combine(nodes: Float64Array, from: number, to: number): Float64Array {
  const sum = new Float64Array(NODE_WIDTH);
  for (let index = from; index < to; index++) {
    addNode(sum, 0, nodes.subarray(index * NODE_WIDTH, (index + 1) * NODE_WIDTH));
  }
  return sum;
}
