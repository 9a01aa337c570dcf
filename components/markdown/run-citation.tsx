"use client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { toChartSeries } from "#components/charts/series.ts";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { StaticCurve } from "#components/runs/static-curve.tsx";

const BUCKETS = 160;
const REFRESH_MS = 30_000;

type RunCitationProps = {
  runId: string;
  from: number | null;
  to: number | null;
  /** What the author wrote instead of the bare address. */
  said: string | null;
};

/** A span of a run's curve, cited in a text. While the span has no end it follows the run. */
export function RunCitation({ runId, from, to, said }: RunCitationProps) {
  const trpc = useTRPC();
  const words = useTranslations("markdown");
  const number = new Intl.NumberFormat(useLocale());
  const { data: run } = useQuery(trpc.runs.read.queryOptions({ id: runId }, { retry: false }));
  const { data: answer } = useQuery(
    trpc.runs.series.queryOptions(
      {
        runId,
        keys: ["loss"],
        buckets: BUCKETS,
        ...(from === null ? {} : { from }),
        ...(to === null ? {} : { to }),
      },
      { retry: false, refetchInterval: to === null ? REFRESH_MS : false },
    ),
  );
  const name = run?.name ?? runId;
  const span = { name, from: number.format(from ?? 0), to: number.format(to ?? 0) };
  const label = from === null ? name : words(to === null ? "citesFrom" : "citesSpan", span);
  const series = answer?.series["loss"];
  const params = new URLSearchParams({
    ...(from === null ? {} : { from: String(from) }),
    ...(to === null ? {} : { to: String(to) }),
  });
  return (
    <figure className="cite">
      <figcaption>
        <b>{said ?? label}</b>{" "}
        <Link href={`/runs/${runId}${params.size > 0 ? `?${params}` : ""}`}>
          {words(from === null ? "openRun" : "openSpan")}
        </Link>
      </figcaption>
      {series === undefined ? null : (
        <StaticCurve
          className="spark cited"
          series={[toChartSeries(series, { id: runId, label, role: "main" })]}
          label={words("curveOf", { label })}
        />
      )}
    </figure>
  );
}
