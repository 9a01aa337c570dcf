// Adds sorted points to the sealed part of series: the one mechanism behind sealing, late points and imports. Writing
// always begins at a chunk's beginning: at the last, unfinished chunk for points that follow, at the first chunk touched
// for late ones. Everything from there on is merged and written again; chunks and nodes before stay untouched.
import type pg from "pg";
import { CHUNK_POINTS, decodeChunk } from "./chunk-codec.ts";
import { firstIndexOf, mergePoints, type Points, slicePoints } from "./points.ts";
import type { OpenPage } from "./pyramid-builder.ts";
import { NODES_PER_PAGE, nodePoints } from "./pyramid-node.ts";
import { type NodeRange, SealedReader } from "./sealed-reader.ts";
import type { SealedSeries } from "./series-view.ts";
import { SeriesWriter } from "./series-writer.ts";
import { StoredRows } from "./stored-rows.ts";
import { comesLate, firstTouched } from "./view-series.ts";

export type SeriesAddition = { series: SealedSeries; points: Points };

/** How a series stands after an addition. */
export type SealedState = {
  id: number;
  count: number;
  first: number;
  last: number;
  lastTime: number;
  lastValue: number;
};

const SUFFIX_CHUNKS = 64;

// A step that already was the newest may come again with another value, hence >=.
const SAVE_STATE = `
  update "MetricSeries" series set
    "sealedCount" = state.count,
    "firstStep" = least(series."firstStep", state.first),
    "lastTime" = case when state.last >= coalesce(series."lastStep", 0) then state.time else series."lastTime" end,
    "lastValue" = case when state.last >= coalesce(series."lastStep", 0) then state.value else series."lastValue" end,
    "lastStep" = greatest(series."lastStep", state.last)
  from unnest($1::int[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::float8[])
    as state(id, count, first, last, time, value)
  where series.id = state.id`;

/** Adds points to each series. The caller holds the attempt's seal lock and a transaction. */
export async function extendSeries(
  client: pg.PoolClient,
  additions: SeriesAddition[],
): Promise<void> {
  const given = additions.filter(({ points }) => points.steps.length > 0);
  const late = given.filter(({ series, points }) => comesLate(series, points));
  const following = given.filter(({ series, points }) => !comesLate(series, points));
  const rows = new StoredRows(client);
  const states: SealedState[] = [];
  const writers = await openWriters(
    client,
    rows,
    following.map(({ series }) => series),
  );
  for (const [index, { series, points }] of following.entries()) {
    const writer = writers[index] as SeriesWriter;
    writer.push(points);
    writer.finish();
    states.push(stateOf(series.id, writer.count, points));
    if (rows.full) {
      await rows.flush();
    }
  }
  for (const addition of late) {
    states.push(await rewriteSuffix(client, rows, addition));
  }
  await rows.flush();
  await saveStates(client, states);
}

/** A writer for each series, standing behind its newest sealed point. */
export async function openWriters(
  client: pg.PoolClient,
  rows: StoredRows,
  list: SealedSeries[],
): Promise<SeriesWriter[]> {
  const reader = new SealedReader(client);
  const begins = list.map(({ id, sealedCount }) => {
    const begin = Math.floor(sealedCount / CHUNK_POINTS) * CHUNK_POINTS;
    return { id, begin, unfinished: begin < sealedCount };
  });
  const pages = await openPages(reader, begins);
  const chunks = begins
    .filter(({ unfinished }) => unfinished)
    .map(({ id, begin }) => ({ id, index: begin / CHUNK_POINTS }));
  await reader.load(chunks);
  return begins.map(({ id, begin, unfinished }, index) => {
    const writer = new SeriesWriter(rows.of(id), begin, pages[index]);
    if (unfinished) {
      writer.push(reader.chunk({ id, index: begin / CHUNK_POINTS }));
    }
    return writer;
  });
}

/** The whole nodes before `begin` that stand in each level's open page. */
async function openPages(
  reader: SealedReader,
  begins: { id: number; begin: number }[],
): Promise<OpenPage[][]> {
  const ranges = begins.map(({ id, begin }) => {
    const list: NodeRange[] = [];
    for (let level = 0; nodePoints(level) <= begin; level++) {
      const end = Math.floor(begin / nodePoints(level));
      list.push({ id, level, first: end - (end % NODES_PER_PAGE), end });
    }
    return list;
  });
  const found = await reader.nodes(ranges.flat());
  let next = 0;
  return ranges.map((list) =>
    list.map(({ level }) => ({ level, nodes: found[next++] as Float64Array })),
  );
}

/** Merges late points into everything from the first chunk they touch, reading and writing some chunks at a time. */
async function rewriteSuffix(
  client: pg.PoolClient,
  rows: StoredRows,
  { series, points }: SeriesAddition,
): Promise<SealedState> {
  const { id } = series;
  const reader = new SealedReader(client);
  const begin = await firstTouched(reader, series, points);
  const [pages] = await openPages(reader, [{ id, begin }]);
  const writer = new SeriesWriter(rows.of(id), begin, pages);
  // The writer overtakes the reader; a cursor goes on seeing the rows as they were when it was opened.
  await client.query(
    `declare metric_suffix no scroll cursor for
     select payload from "MetricChunk" where "seriesId" = ${id} and index >= ${begin / CHUNK_POINTS} order by index`,
  );
  let rest = points;
  for (;;) {
    const { rows: chunks } = await client.query<{ payload: Buffer }>(
      `fetch ${SUFFIX_CHUNKS} from metric_suffix`,
    );
    if (chunks.length === 0) {
      break;
    }
    for (const { payload } of chunks) {
      const old = decodeChunk(payload);
      const reach = firstIndexOf(rest.steps, old.steps.at(-1) ?? 0, true);
      writer.push(mergePoints(old, slicePoints(rest, 0, reach)));
      rest = slicePoints(rest, reach, rest.steps.length);
    }
    if (rows.full) {
      await rows.flush();
    }
  }
  await client.query("close metric_suffix");
  writer.push(rest);
  writer.finish();
  return stateOf(id, writer.count, points);
}

export function stateOf(id: number, count: number, points: Points): SealedState {
  const { steps, times, values } = points;
  return {
    id,
    count,
    first: steps[0] as number,
    last: steps.at(-1) as number,
    lastTime: times.at(-1) as number,
    lastValue: values.at(-1) as number,
  };
}

export async function saveStates(client: pg.PoolClient, states: SealedState[]): Promise<void> {
  await client.query({
    name: "metrics-save-states",
    text: SAVE_STATE,
    values: [
      states.map((state) => state.id),
      states.map((state) => state.count),
      states.map((state) => state.first),
      states.map((state) => state.last),
      states.map((state) => state.lastTime),
      states.map((state) => state.lastValue),
    ],
  });
}
