"use client";
import { useTranslations } from "next-intl";
import { Segmented } from "#components/ui/segmented.tsx";
import type { RunDetail } from "#server/runs/contract.ts";
import { MetricChooser } from "./metric-chooser.tsx";
import { stepUnit } from "./run-words.ts";
import { SpanChoice } from "./span-choice.tsx";
import type { View } from "./view.ts";

type CurveToolsProps = { run: RunDetail; view: View; onChange: (change: Partial<View>) => void };

/** How the curve is looked at: span, axes, smoothing, metrics. */
export function CurveTools({ run, view, onChange }: CurveToolsProps) {
  const words = useTranslations("curve");
  const tokens = run.latest["tokens"] !== undefined;
  const axes = (["step", "tokens", "time", "relative"] as const).filter(
    (axis) => axis !== "tokens" || tokens,
  );
  return (
    <div className="tools">
      {!run.archived && <SpanChoice view={view} onChange={onChange} />}
      <Segmented
        label={words("xAxis")}
        value={view.x}
        options={axes.map((axis) => ({
          value: axis,
          label: words(`axes.${axis === "step" ? stepUnit(run.config) : axis}`),
        }))}
        onChange={(x) => onChange({ x, window: null, choices: { ...view.choices, pins: [] } })}
      />
      <Segmented
        label={words("yAxis")}
        value={view.y}
        options={[
          { value: "linear", label: words("linear") },
          { value: "log", label: words("log") },
        ]}
        onChange={(y) => onChange({ y })}
      />
      <Smoothing view={view} onChange={onChange} />
      <MetricChooser run={run} view={view} onChange={onChange} />
    </div>
  );
}

// The slider works on −log(1 − factor), so that the fine end, where people work, has room.
const STEPS = 60;
const factorAt = (place: number): number =>
  Math.round((1 - 10 ** ((-3 * place) / STEPS)) * 1000) / 1000;
const placeOf = (factor: number): number => Math.round((-Math.log10(1 - factor) / 3) * STEPS);

function Smoothing({ view, onChange }: Omit<CurveToolsProps, "run">) {
  const words = useTranslations("curve");
  return (
    <label className="slide">
      {words("smoothing")}
      <input
        type="range"
        min={0}
        max={STEPS}
        step={1}
        value={placeOf(view.smoothing)}
        aria-valuetext={String(view.smoothing)}
        onChange={(event) => onChange({ smoothing: factorAt(Number(event.currentTarget.value)) })}
      />
      <output>{view.smoothing}</output>
    </label>
  );
}
