"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { lazy, memo, Suspense, useMemo } from "react";
import type { HeatData } from "#components/charts/prepare-heat-map.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import type { HeatMap as HeatAnswer } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { wireWindow } from "./curve-window.ts";
import { groupStats, isLayerKey } from "./layer-stats.ts";
import { useNear } from "./use-near.ts";
import type { View } from "./view.ts";

const HeatMap = lazy(() =>
  import("#components/charts/heat-map.tsx").then((map) => ({ default: map.HeatMap })),
);

const BUCKETS = 160;

type LayerMapProps = {
  run: RunDetail;
  x: View["x"];
  window: View["window"];
  layers: View["layers"];
  onLayers: (layers: View["layers"]) => void;
};

/** Every layer over time, for a run that inspects its layers. */
export const LayerMap = memo(function LayerMap(props: LayerMapProps) {
  const { run } = props;
  const words = useTranslations("layers");
  const [near, watch] = useNear();
  if (!run.keys.some(isLayerKey)) {
    return null;
  }
  return (
    <section className="sec full wrap" id="layers" ref={watch}>
      <h2>
        {words("title")} <small>{words("note")}</small>
      </h2>
      {near ? <Layers {...props} /> : <div className="layers-ground" />}
    </section>
  );
});

function Layers({ run, x, window, layers, onLayers }: LayerMapProps) {
  const trpc = useTRPC();
  const words = useTranslations("layers");
  const locale = useLocale();
  const { stat, measure, scale } = layers;
  // The window of another axis says nothing about steps: then the whole run is shown.
  const asked: { from?: number; to?: number } =
    x === "step" && window !== null ? wireWindow(window) : {};
  const { data, isPending, isPlaceholderData } = useQuery({
    ...trpc.runs.heatMap.queryOptions({
      runId: run.id,
      attempt: run.attempt,
      ...(stat === null ? {} : { stat }),
      ...asked,
      buckets: BUCKETS,
    }),
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
  const heat = useMemo(() => (data === undefined ? null : toHeat(data, measure)), [data, measure]);
  const shown = {
    from: asked.from ?? data?.steps[0] ?? 0,
    to: asked.to ?? Math.max(data?.lastSteps.at(-1) ?? 0, asked.from === undefined ? 0 : run.step),
  };
  const ground = <div className="layers-ground" aria-busy="true" />;
  if (isPending || data === undefined || heat === null) {
    return ground;
  }
  return (
    <div aria-busy={isPlaceholderData}>
      <LayerTools answer={data} layers={layers} onLayers={onLayers} />
      {heat.steps.length === 0 ? (
        <div className="empty">
          <p>{words("empty")}</p>
        </div>
      ) : (
        <Suspense fallback={ground}>
          <HeatMap
            title={words("chartName", { stat: data.stat ?? "" })}
            data={heat}
            window={shown.to > shown.from ? shown : { from: shown.from, to: shown.from + 1 }}
            scale={scale}
            locale={locale}
            shared={x === "step"}
          />
        </Suspense>
      )}
    </div>
  );
}

function toHeat(answer: HeatAnswer, measure: View["layers"]["measure"]): HeatData {
  const { steps, lastSteps, rows } = answer;
  return {
    steps,
    lastSteps,
    rows: rows.map((row) => ({ key: row.key, label: row.label, values: row[measure] })),
  };
}

/** Statistics that the portal knows by name; others are shown as the trainer calls them. */
const KNOWN_STATS = {
  max: "max",
  min: "min",
  mean: "mean",
  std: "std",
  grad_mean: "gradMean",
  grad_std: "gradStd",
} as const;

const isKnown = (name: string): name is keyof typeof KNOWN_STATS =>
  Object.hasOwn(KNOWN_STATS, name);

type ToolsProps = Pick<LayerMapProps, "layers" | "onLayers"> & { answer: HeatAnswer };

function LayerTools({ answer, layers, onLayers }: ToolsProps) {
  const words = useTranslations("layers");
  const nameOf = (name: string) => (isKnown(name) ? words(`stats.${KNOWN_STATS[name]}`) : name);
  return (
    <div className="tools layers-tools">
      <label className="slide">
        {words("stat")}
        <select
          value={answer.stat ?? ""}
          onChange={({ currentTarget }) => onLayers({ ...layers, stat: currentTarget.value })}
        >
          {groupStats(answer.stats).map(({ name, stats }) => (
            <optgroup key={name} label={nameOf(name)}>
              {stats.map(({ id, tensor }) => (
                <option key={id} value={id}>
                  {tensor === id ? nameOf(id) : `${tensor}, ${nameOf(name)}`}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <Segmented
        label={words("measure")}
        value={layers.measure}
        options={(["mean", "max"] as const).map((value) => ({
          value,
          label: words(`measures.${value}`),
        }))}
        onChange={(measure) => onLayers({ ...layers, measure })}
      />
      <Segmented
        label={words("scale")}
        value={layers.scale}
        options={(["linear", "log"] as const).map((value) => ({ value, label: words(value) }))}
        onChange={(scale) => onLayers({ ...layers, scale })}
      />
    </div>
  );
}
