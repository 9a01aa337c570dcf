import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { toChartSeries } from "#components/charts/series.ts";
import { LIST_QUERY } from "#components/runs/list-query.ts";
import { StaticCurve } from "#components/runs/static-curve.tsx";
import { callRpc, requestQueryClient, rpc } from "./rpc.ts";

const SPARK_BUCKETS = 80;
/** Beyond this many runs the list shows figures only. */
const MOST_SPARKS = 24;

/** Each listed run's loss as a small curve, drawn here so that no number of it travels twice. */
export async function drawSparks({
  archived,
}: {
  archived: boolean;
}): Promise<Record<string, ReactNode>> {
  const words = await getTranslations("home");
  const client = requestQueryClient();
  const { runs } = await client.fetchQuery(rpc.runs.list.queryOptions(LIST_QUERY));
  const chosen = runs.filter((run) => run.archived === archived).slice(0, MOST_SPARKS);
  const drawn = await Promise.all(
    chosen.map(
      async ({ id, name }) => [id, await drawSpark(id, words("chartName", { name }))] as const,
    ),
  );
  return Object.fromEntries(drawn.filter(([, spark]) => spark !== null));
}

async function drawSpark(runId: string, label: string): Promise<ReactNode> {
  // Called past the cache: a picture drawn by the server is not for the browser to keep up to date.
  const answer = await callRpc()
    .runs.series({ runId, keys: ["loss"], buckets: SPARK_BUCKETS })
    .catch(() => null);
  const series = answer?.series["loss"];
  if (series === undefined) {
    return null;
  }
  const line = toChartSeries(series, { id: runId, label, role: "main" });
  return <StaticCurve series={[line]} label={label} className="spark" />;
}
