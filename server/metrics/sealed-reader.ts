import type { Sql } from "../platform/pool.ts";
import { CHUNK_POINTS, decodeChunk } from "./chunk-codec.ts";
import type { Points } from "./points.ts";
import { NODE_BYTES, NODE_WIDTH, NODES_PER_PAGE } from "./pyramid-node.ts";

/** Nodes `first` … `end`−1 of one level of a series. */
export type NodeRange = { id: number; level: number; first: number; end: number };
export type ChunkName = { id: number; index: number };

type Slice = {
  request: number;
  level: number;
  page: number;
  start: number;
  size: number;
  at: number;
  id: number;
};

const READ_NODES = `
  select number::int as number, substr(page.nodes, start, size) as nodes
  from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[])
    with ordinality as slice(id, level, page, start, size, number)
  join "MetricPage" page
    on page."seriesId" = slice.id and page.level = slice.level and page.page = slice.page`;
const READ_CHUNKS = `
  select chunk."seriesId" as id, chunk.index, chunk.payload
  from unnest($1::int[], $2::int[]) as wanted(id, index)
  join "MetricChunk" chunk on chunk."seriesId" = wanted.id and chunk.index = wanted.index`;

/**
 * Reads sealed numbers for one answer: any number of series and places in one statement, decoded chunks kept for the
 * answer's later steps. Use it inside one snapshot.
 */
export class SealedReader {
  readonly #sql: Sql;
  readonly #chunks = new Map<string, Points>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The nodes of each range, end to end. */
  async nodes(ranges: NodeRange[]): Promise<Float64Array[]> {
    const answers = ranges.map(({ first, end }) => new Float64Array((end - first) * NODE_WIDTH));
    const slices = ranges.flatMap(sliceRange);
    if (slices.length === 0) {
      return answers;
    }
    const { rows } = await this.#sql.query<{ number: number; nodes: Buffer }>({
      name: "metrics-read-nodes",
      text: READ_NODES,
      values: [
        slices.map((slice) => slice.id),
        slices.map((slice) => slice.level),
        slices.map((slice) => slice.page),
        slices.map((slice) => slice.start),
        slices.map((slice) => slice.size),
      ],
    });
    if (rows.length !== slices.length) {
      throw new Error(
        "Pages of the metric pyramid are missing: restore the database from a backup.",
      );
    }
    for (const { number, nodes } of rows) {
      const slice = slices[number - 1] as Slice;
      if (nodes.length !== slice.size) {
        throw new Error(
          "A page of the metric pyramid is too short: restore the database from a backup.",
        );
      }
      const answer = answers[slice.request] as Float64Array;
      new Uint8Array(answer.buffer).set(nodes, slice.at * NODE_BYTES);
    }
    return answers;
  }

  /** Fetches the chunks that were not fetched before. */
  async load(names: ChunkName[]): Promise<void> {
    const missing = new Map<string, ChunkName>();
    for (const name of names) {
      if (!this.#chunks.has(keyOf(name))) {
        missing.set(keyOf(name), name);
      }
    }
    if (missing.size === 0) {
      return;
    }
    const wanted = [...missing.values()];
    const { rows } = await this.#sql.query<ChunkName & { payload: Buffer }>({
      name: "metrics-read-chunks",
      text: READ_CHUNKS,
      values: [wanted.map((name) => name.id), wanted.map((name) => name.index)],
    });
    for (const { id, index, payload } of rows) {
      this.#chunks.set(keyOf({ id, index }), decodeChunk(payload));
    }
  }

  /** A chunk that was loaded before. */
  chunk(name: ChunkName): Points {
    const points = this.#chunks.get(keyOf(name));
    if (points === undefined) {
      throw new Error(
        `Metric chunk ${keyOf(name)} is missing: restore the database from a backup.`,
      );
    }
    return points;
  }
}

/** The chunks that hold points `from` … `to`−1 of a series. */
export function chunksOf(id: number, from: number, to: number): ChunkName[] {
  const names: ChunkName[] = [];
  for (
    let index = Math.floor(from / CHUNK_POINTS);
    from < to && index * CHUNK_POINTS < to;
    index++
  ) {
    names.push({ id, index });
  }
  return names;
}

function keyOf({ id, index }: ChunkName): string {
  return `${id}/${index}`;
}

/** Cuts a range at the pages' borders. */
function sliceRange({ id, level, first, end }: NodeRange, request: number): Slice[] {
  const slices: Slice[] = [];
  for (let node = first; node < end; ) {
    const page = Math.floor(node / NODES_PER_PAGE);
    const place = node % NODES_PER_PAGE;
    const count = Math.min(end - node, NODES_PER_PAGE - place);
    slices.push({
      request,
      id,
      level,
      page,
      start: place * NODE_BYTES + 1,
      size: count * NODE_BYTES,
      at: node - first,
    });
    node += count;
  }
  return slices;
}
