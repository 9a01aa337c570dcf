"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useFormats } from "#components/runs/use-formats.ts";

type PipelineCountsProps = {
  /** Where the counts stand in the drawing: of what came in, what two stages left out, and what came out. */
  places: Record<"in" | "filtered" | "repeated" | "out", { x: number; y: number }>;
};

/** What the newest report counted, written into the drawing; nothing before the pipeline has reported. */
export function PipelineCounts({ places }: PipelineCountsProps) {
  const words = useTranslations("plan.pipeline.count");
  const formats = useFormats();
  const rpc = useTRPC();
  const { data } = useQuery(rpc.data.sources.queryOptions({}));
  const report = data?.report;
  if (report == null) {
    return null;
  }
  const { documents, kept, tokens, sources } = report;
  const repeated = sources.reduce((sum, { duplicates }) => sum + duplicates, 0);
  const counts = {
    in: words("in", { count: formats.count(documents) }),
    filtered: words("left", { count: formats.count(documents - kept - repeated) }),
    repeated: words("left", { count: formats.count(repeated) }),
    out: words("out", { count: formats.count(tokens) }),
  };
  return (
    <g className="pipeline-counts">
      {(Object.keys(counts) as (keyof typeof counts)[]).map((name) => (
        <text
          key={name}
          className="strong"
          x={places[name].x}
          y={places[name].y}
          textAnchor={name === "out" ? "end" : "start"}
        >
          {counts[name]}
        </text>
      ))}
    </g>
  );
}
