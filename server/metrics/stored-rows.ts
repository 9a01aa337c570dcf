import type { Sql } from "../platform/pool.ts";
import type { PyramidPage } from "./pyramid-builder.ts";
import type { SealedChunk, SeriesRows } from "./series-writer.ts";

/** Flushing at this size keeps memory small and each statement far below the protocol's limits. */
const FLUSH_BYTES = 4 * 1024 * 1024;

// One parameter carries all payloads end to end: an array of bytea would travel as text, three times as large.
const SAVE_CHUNKS = `
  insert into "MetricChunk" ("seriesId", index, payload)
  select id, index, substr($5::bytea, start, size)
  from unnest($1::int[], $2::int[], $3::int[], $4::int[]) as row(id, index, start, size)
  on conflict ("seriesId", index) do update set payload = excluded.payload`;
const SAVE_PAGES = `
  insert into "MetricPage" ("seriesId", level, page, nodes)
  select id, level, page, substr($6::bytea, start, size)
  from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[]) as row(id, level, page, start, size)
  on conflict ("seriesId", level, page) do update set nodes = excluded.nodes`;

/** Collects finished rows of any number of series and writes them in a few large statements. */
export class StoredRows {
  readonly #sql: Sql;
  #chunks: { id: number; row: SealedChunk }[] = [];
  #pages: { id: number; row: PyramidPage }[] = [];
  #bytes = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Where a writer of series `id` puts its rows. */
  of(id: number): SeriesRows {
    return {
      chunk: (row) => {
        this.#chunks.push({ id, row });
        this.#bytes += row.payload.length;
      },
      page: (row) => {
        this.#pages.push({ id, row });
        this.#bytes += row.nodes.byteLength;
      },
    };
  }

  get full(): boolean {
    return this.#bytes >= FLUSH_BYTES;
  }

  /** Writes everything collected so far. */
  async flush(): Promise<void> {
    const chunks = this.#chunks;
    const pages = this.#pages;
    this.#chunks = [];
    this.#pages = [];
    this.#bytes = 0;
    if (chunks.length > 0) {
      const blob = layOut(chunks.map(({ row }) => row.payload));
      await this.#sql.query({
        name: "metrics-save-chunks",
        text: SAVE_CHUNKS,
        values: [ids(chunks), chunks.map(({ row }) => row.index), ...blob],
      });
    }
    if (pages.length > 0) {
      const blob = layOut(pages.map(({ row }) => Buffer.from(row.nodes.buffer)));
      await this.#sql.query({
        name: "metrics-save-pages",
        text: SAVE_PAGES,
        values: [
          ids(pages),
          pages.map(({ row }) => row.level),
          pages.map(({ row }) => row.page),
          ...blob,
        ],
      });
    }
  }
}

function ids(rows: { id: number }[]): number[] {
  return rows.map(({ id }) => id);
}

/** Starts (from 1, as SQL counts), sizes, and the bytes end to end. */
function layOut(parts: Buffer[]): [number[], number[], Buffer] {
  let start = 1;
  const starts = parts.map((part) => {
    const here = start;
    start += part.length;
    return here;
  });
  return [starts, parts.map((part) => part.length), Buffer.concat(parts)];
}
