import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { ExportRows, ExportTable } from "./export-table.ts";

/** Rows are gathered into groups of about so many values: large enough to pack well, small enough for memory. */
const VALUES_PER_GROUP = 1_000_000;
const MOST_ROWS = 100_000;
const OWN_COLUMNS = 4;

/** Gives away what was written so far and begins its buffer anew, so that a file of any length takes one group's memory. */
class StreamWriter extends ByteWriter {
  take(): Uint8Array {
    const bytes = this.getBytes().slice();
    this.index = 0;
    return bytes;
  }
}

/** Parquet, Snappy-compressed, a row group at a time: attempt, step, time, relative_ms, and an optional double per key. */
export async function* writeParquet(table: ExportTable): AsyncGenerator<Uint8Array> {
  const { keys, startMs } = table;
  const writer = new StreamWriter();
  const parquet = new ParquetWriter({ writer, schema: schemaOf(keys), createdBy: "CPM-Live" });
  const most = Math.min(MOST_ROWS, Math.ceil(VALUES_PER_GROUP / (keys.length + OWN_COLUMNS)));
  let waiting: ExportRows[] = [];
  let count = 0;
  const flush = async (): Promise<Uint8Array> => {
    await parquet.write({ columnData: columnsOf(waiting, { keys, startMs }), rowGroupSize: count });
    waiting = [];
    count = 0;
    return writer.take();
  };
  for await (const rows of table.rows) {
    waiting.push(rows);
    count += rows.steps.length;
    if (count >= most) {
      yield await flush();
    }
  }
  if (count > 0) {
    yield await flush();
  }
  await parquet.finish();
  yield writer.take();
}

function schemaOf(keys: readonly string[]) {
  const required = { repetition_type: "REQUIRED" } as const;
  return [
    { name: "root", num_children: OWN_COLUMNS + keys.length },
    { name: "attempt", type: "INT32" as const, ...required },
    { name: "step", type: "INT64" as const, ...required },
    {
      name: "time",
      type: "INT64" as const,
      converted_type: "TIMESTAMP_MILLIS" as const,
      ...required,
    },
    { name: "relative_ms", type: "DOUBLE" as const, ...required },
    ...keys.map((name) => ({
      name,
      type: "DOUBLE" as const,
      repetition_type: "OPTIONAL" as const,
    })),
  ];
}

type Shape = { keys: readonly string[]; startMs: number };

function columnsOf(blocks: readonly ExportRows[], { keys, startMs }: Shape) {
  const times = blocks.flatMap((block) => block.times);
  return [
    {
      name: "attempt",
      data: blocks.flatMap(({ attempt, steps }) => steps.map(() => attempt)),
    },
    { name: "step", data: blocks.flatMap(({ steps }) => steps.map(BigInt)) },
    { name: "time", data: times.map((time) => BigInt(Math.round(time))) },
    { name: "relative_ms", data: times.map((time) => time - startMs) },
    ...keys.map((name, key) => ({
      name,
      data: blocks.flatMap(({ columns }) => columns[key] ?? []),
      // NaN has no place in an order: a reader must not skip it because of a bound.
      statistics: false,
    })),
  ].map((column) => ({ offsetIndex: false, ...column }));
}
