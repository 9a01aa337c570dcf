import type pg from "pg";
import { AppError } from "../platform/errors.ts";
import { collectPoints } from "./collect-points.ts";
import { unpackBatch } from "./packed-batch.ts";
import { newPoints, type Points } from "./points.ts";
import { readSealed } from "./read-sealed.ts";
import type { SealedReader } from "./sealed-reader.ts";
import type { SeriesView } from "./series-view.ts";
import { viewSeries } from "./view-series.ts";

/** Where a run stands in this snapshot, and which attempt was meant. */
export type RunPosition = {
  runId: string;
  seq: number;
  attempt: number;
  sealedSeq: number;
  /** The run's first step, Unix milliseconds. */
  startMs: number;
};

const RUN_POSITION = `
  select run.seq, run.attempt as newest, coalesce($2::int, run.attempt) as attempt,
    coalesce(tail."sealedSeq", 0)::bigint as "sealedSeq",
    (extract(epoch from coalesce(run."startedAt", run."createdAt")) * 1000)::float8 as "startMs"
  from "Run" run
  left join "MetricTail" tail
    on tail."runId" = run.id and tail.attempt = coalesce($2::int, run.attempt)
  where run.id = $1`;

/** Throws `not_found` for an unknown run and for an attempt that it does not have. */
export async function findRun(
  client: pg.PoolClient,
  input: { runId: string; attempt: number | undefined },
): Promise<RunPosition> {
  const { rows } = await client.query<RunPosition & { newest: number }>({
    name: "metrics-run-position",
    text: RUN_POSITION,
    values: [input.runId, input.attempt ?? null],
  });
  const [run] = rows;
  if (run === undefined) {
    throw new AppError(
      "not_found",
      "There is no run with this id. Ask /api/v1/runs for the runs that exist.",
    );
  }
  if (run.attempt > run.newest) {
    throw new AppError(
      "not_found",
      `This run has ${run.newest} attempts and no attempt ${run.attempt}. Leave the attempt out to read the newest.`,
    );
  }
  const { newest: _, ...position } = run;
  return { ...position, runId: input.runId };
}

/** The unsealed points of some keys (all without `keys`). */
export async function readTail(
  client: pg.PoolClient,
  run: RunPosition,
  keys?: ReadonlySet<string>,
): Promise<Map<string, Points>> {
  const { rows } = await client.query<{ payload: Buffer }>({
    name: "metrics-read-tail",
    text: `select payload from "RunMessage"
           where "runId" = $1 and attempt = $2 and seq > $3 and payload is not null order by seq`,
    values: [run.runId, run.attempt, run.sealedSeq],
  });
  return collectPoints(rows.map(({ payload }) => unpackBatch(payload, keys)));
}

/** Each asked key as one row of points, sealed and unsealed; keys that the attempt does not have are left out. */
export async function loadViews(
  client: pg.PoolClient,
  run: RunPosition,
  { keys, reader }: { keys: ReadonlySet<string>; reader: SealedReader },
): Promise<Map<string, SeriesView>> {
  const series = await readSealed(client, { ...run, keys: [...keys] });
  const tail = await readTail(client, run, keys);
  const views = new Map<string, SeriesView>();
  for (const one of series) {
    views.set(one.key, await viewSeries(reader, one, tail.get(one.key) ?? newPoints(0)));
  }
  return views;
}
