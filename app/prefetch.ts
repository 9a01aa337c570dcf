import type { Comparison } from "#components/runs/compare-address.ts";
import { compareSeriesQuery, compareTableQuery } from "#components/runs/compare-queries.ts";
import { curveQueries, spanStart } from "#components/runs/curve-queries.ts";
import { wireWindow } from "#components/runs/curve-window.ts";
import {
  CHECKPOINTS_QUERY,
  COMMANDS_QUERY,
  EVENTS_QUERY,
  LOG_QUERY,
  SAMPLES_QUERY,
} from "#components/runs/detail-queries.ts";
import { LIST_QUERY } from "#components/runs/list-query.ts";
import { pickOnAir } from "#components/runs/pick-on-air.ts";
import { originOf } from "#components/runs/relative-axis.ts";
import { DEFAULT_VIEW, type View } from "#components/runs/view.ts";
import type { RunDetail, RunListItem } from "#server/runs/contract.ts";
import { requestQueryClient, rpc } from "./rpc.ts";

/** The list of runs and, if there is one, the run on the air: what the strip of every page shows. */
export async function prefetchOnAir(): Promise<RunListItem | null> {
  const client = requestQueryClient();
  const { runs } = await client.fetchQuery(rpc.runs.list.queryOptions(LIST_QUERY));
  const onAir = pickOnAir(runs);
  if (onAir !== null) {
    await readRun(onAir.id);
  }
  return onAir;
}

export async function readRun(id: string): Promise<RunDetail> {
  return await requestQueryClient().fetchQuery(rpc.runs.read.queryOptions({ id }));
}

type CurveView = Pick<View, "x" | "keys" | "span" | "window">;

/** What a run's pages show before any script runs. The run itself comes first, so that its seq is the oldest. */
export async function prefetchRun(id: string, view: CurveView): Promise<RunDetail> {
  const run = await readRun(id);
  const client = requestQueryClient();
  await Promise.all([
    prefetchCurve(run, view),
    prefetchCurve(run, DEFAULT_VIEW),
    client.prefetchQuery(rpc.runs.events.queryOptions({ runId: id, ...EVENTS_QUERY })),
    client.prefetchQuery(rpc.runs.checkpoints.queryOptions({ runId: id, ...CHECKPOINTS_QUERY })),
    client.prefetchQuery(rpc.runs.samples.queryOptions({ runId: id, ...SAMPLES_QUERY })),
  ]);
  return run;
}

/** What only a run's own page shows. */
export async function prefetchDetails(id: string): Promise<void> {
  const client = requestQueryClient();
  await Promise.all([
    client.prefetchQuery(rpc.runs.log.queryOptions({ runId: id, ...LOG_QUERY })),
    client.prefetchQuery(rpc.runs.commands.queryOptions({ runId: id, ...COMMANDS_QUERY })),
    client.prefetchQuery(rpc.initiatives.ofRun.queryOptions({ runId: id })),
    client.prefetchQuery(rpc.progress.read.queryOptions({ runId: id })),
  ]);
}

/** The questions of the page that compares; one that is refused is answered there. */
export async function prefetchComparison({ ids, view }: Comparison): Promise<void> {
  const client = requestQueryClient();
  await client.prefetchQuery(rpc.runs.list.queryOptions(LIST_QUERY));
  if (ids.length > 0) {
    await Promise.all([
      client.prefetchQuery(rpc.compare.series.queryOptions(compareSeriesQuery({ ids, view }))),
      client.prefetchQuery(rpc.compare.table.queryOptions(compareTableQuery(ids))),
    ]);
  }
}

/** The same questions as `useCurve` asks. */
async function prefetchCurve(run: RunDetail, view: CurveView): Promise<void> {
  const client = requestQueryClient();
  const ask = (queries: ReturnType<typeof curveQueries>) =>
    Promise.all(queries.map((query) => client.fetchQuery(rpc.runs.series.queryOptions(query))));
  // A curve that cannot be read (tokens that were never sent, say) must not take the page with it.
  const whole = await ask(curveQueries(run, view)).catch(() => []);
  const start = spanStart(whole, view, originOf(run, view.x));
  const window = view.window ?? (start === null ? null : { from: start, to: null });
  if (window !== null) {
    await ask(curveQueries(run, view, wireWindow(window))).catch(() => []);
  }
}
