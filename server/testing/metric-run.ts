import { appendPoints } from "../metrics/append-points.ts";
import type { Series } from "../metrics/contract.ts";
import { type BatchColumns, packBatch } from "../metrics/packed-batch.ts";
import { newId } from "../platform/ids.ts";
import { type Pool, transaction } from "../platform/pool.ts";

/** A run that only logs numbers, for tests of the metric store, with a plain model of what it must hold. */
export type MetricRun = { pool: Pool; runId: string; attempt: number; model: MetricModel };

type ModelPoint = { step: number; time: number; value: number };

/** What was logged, by `attempt/key` and step: the last value of a step counts. */
export type MetricModel = Map<string, Map<number, ModelPoint>>;

export async function createMetricRun(pool: Pool): Promise<MetricRun> {
  const runId = newId("run");
  await pool.query(`insert into "Project" (id) values ('metrics') on conflict do nothing`);
  await pool.query(
    `insert into "Run" (id, "projectId", name, config, planned, attempt) values ($1, 'metrics', 'numbers', '{}', '{}', 1)`,
    [runId],
  );
  return { pool, runId, attempt: 1, model: new Map() };
}

export async function openMetricAttempt(run: MetricRun): Promise<void> {
  run.attempt += 1;
  await run.pool.query(`update "Run" set attempt = $2 where id = $1`, [run.runId, run.attempt]);
}

/** Stores a batch as the reporting API does, and in the model. With `fail` the transaction is aborted at its end. */
export async function logMetrics(
  run: MetricRun,
  batch: BatchColumns,
  fail = false,
): Promise<Awaited<ReturnType<typeof appendPoints>>> {
  const { runId, attempt } = run;
  const appended = await transaction(run.pool, async (client) => {
    const { rows } = await client.query<{ seq: number }>(
      `update "Run" set seq = seq + 1 where id = $1 returning seq`,
      [runId],
    );
    const answer = await appendPoints(client, { runId, attempt, batch });
    const payload = answer.points === 0 ? null : packBatch(batch);
    await client.query(
      `insert into "RunMessage" ("runId", seq, attempt, batch, "contentHash", points, payload)
       values ($1, $2, $3, 0, '', $4, $5)`,
      [runId, rows[0]?.seq, attempt, answer.points, payload],
    );
    if (fail) {
      throw new Error("aborted on purpose");
    }
    return answer;
  });
  recordInModel(run, batch);
  return appended;
}

export function recordInModel({ model, attempt }: MetricRun, batch: BatchColumns): void {
  for (const [key, column] of Object.entries(batch.series)) {
    const name = `${attempt}/${key}`;
    const points = model.get(name) ?? new Map<number, ModelPoint>();
    for (let row = 0; row < column.length; row++) {
      const value = column[row];
      if (value !== null && value !== undefined) {
        const step = batch.steps[row] as number;
        points.set(step, { step, time: batch.times[row] as number, value: Number(value) });
      }
    }
    if (points.size > 0) {
      model.set(name, points);
    }
  }
}

/** The model's points of a key, by step. */
export function modelPoints(run: MetricRun, key: string, attempt = run.attempt): ModelPoint[] {
  const points = run.model.get(`${attempt}/${key}`);
  return points === undefined ? [] : [...points.values()].sort((a, b) => a.step - b.step);
}

/** What is wrong with an answer, compared with the points that it should stand for; empty when nothing is. */
export function findFaults(series: Series, points: ModelPoint[], buckets: number): string[] {
  return series.kind === "raw"
    ? rawFaults(series, points, buckets)
    : bucketFaults(series, points, buckets);
}

function rawFaults(
  series: Extract<Series, { kind: "raw" }>,
  points: ModelPoint[],
  buckets: number,
): string[] {
  const faults = points.length > buckets ? ["raw although there are more points than buckets"] : [];
  compare(faults, "steps", { got: series.steps, want: points.map(({ step }) => step) });
  compare(faults, "times", { got: series.times, want: points.map(({ time }) => time) });
  compare(faults, "values", {
    got: series.values.map(Number),
    want: points.map(({ value }) => value),
  });
  return faults;
}

function bucketFaults(
  series: Extract<Series, { kind: "buckets" }>,
  points: ModelPoint[],
  buckets: number,
): string[] {
  const faults = points.length <= buckets ? ["buckets although the points fit the budget"] : [];
  if (series.count.length > buckets) {
    faults.push(`${series.count.length} buckets, ${buckets} were asked`);
  }
  let at = 0;
  series.count.forEach((count, index) => {
    const part = points.slice(at, at + count);
    const want = statistics(part);
    const got = Object.fromEntries(
      Object.keys(want).map((field) => [field, Number(series[field as "min"][index])]),
    );
    for (const [field, value] of Object.entries(want)) {
      const near = field === "mean" ? 1e-9 * meanScale(part) : 0;
      if (!(Object.is(got[field], value) || Math.abs((got[field] as number) - value) <= near)) {
        faults.push(`bucket ${index} ${field}: ${got[field]} instead of ${value}`);
      }
    }
    at += count;
  });
  if (at !== points.length) {
    faults.push(`${at} points in buckets instead of ${points.length}`);
  }
  return faults;
}

function meanScale(points: ModelPoint[]): number {
  return points
    .map(({ value }) => Math.abs(value))
    .filter(Number.isFinite)
    .reduce((most, size) => Math.max(most, size), 1);
}

function statistics(points: ModelPoint[]) {
  const values = points.map(({ value }) => value);
  const finite = values.filter(Number.isFinite);
  const first = points[0] as ModelPoint;
  const last = points.at(-1) as ModelPoint;
  const none = finite.length === 0;
  return {
    steps: first.step,
    lastSteps: last.step,
    times: first.time,
    lastTimes: last.time,
    min: none ? Number.NaN : finite.reduce((least, value) => Math.min(least, value)),
    max: none ? Number.NaN : finite.reduce((most, value) => Math.max(most, value)),
    first: first.value,
    last: last.value,
    mean: finite.reduce((sum, value) => sum + value, 0) / finite.length,
    count: points.length,
    nonFinite: values.length - finite.length,
  };
}

function compare(faults: string[], name: string, { got, want }: { got: number[]; want: number[] }) {
  const place = want.findIndex((value, index) => !Object.is(got[index], value));
  if (got.length !== want.length || place >= 0) {
    faults.push(
      `${name}: ${got.length} instead of ${want.length}, first difference at ${place}: ${got[place]} for ${want[place]}`,
    );
  }
}
