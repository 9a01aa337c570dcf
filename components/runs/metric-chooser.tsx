"use client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import type { RunDetail } from "#server/runs/contract.ts";
import { isLayerKey } from "./layer-stats.ts";
import { useMetricWords } from "./use-metric-words.ts";
import type { View } from "./view.ts";

const MOST_KEYS = 8;
/** From here on a list must be searched. */
const MANY_KEYS = 20;
const MOST_SHOWN = 100;

function closeOnEscape({ key, currentTarget }: KeyboardEvent<HTMLDetailsElement>): void {
  if (key === "Escape" && currentTarget.open) {
    currentTarget.open = false;
    currentTarget.querySelector("summary")?.focus();
  }
}

type MetricChooserProps = { run: RunDetail; view: View; onChange: (change: Partial<View>) => void };

/** Which metrics share the curve, up to eight. The first one chosen has the band and the events. */
export function MetricChooser({ run, view, onChange }: MetricChooserProps) {
  const words = useTranslations("curve");
  const metrics = useMetricWords();
  const [sought, setSought] = useState("");
  const text = sought.trim().toLowerCase();
  const all = [...new Set([...view.keys, ...run.keys])].filter((key) => key !== "tokens").sort();
  // The metrics of layers are hundreds: they come when they are looked for.
  const keys = all.filter((key) =>
    text === ""
      ? !isLayerKey(key) || view.keys.includes(key)
      : `${metrics.label(key)} ${key}`.toLowerCase().includes(text),
  );
  const toggle = (key: string) => {
    const chosen = view.keys.includes(key)
      ? view.keys.filter((one) => one !== key)
      : [...view.keys, key];
    onChange({ keys: chosen.length === 0 ? ["loss"] : chosen });
  };
  return (
    <details className="chooser" onKeyDown={closeOnEscape}>
      <summary className="btn">
        {words("metrics", { shown: view.keys.length, all: all.length })}
      </summary>
      <fieldset>
        <legend className="sr">{words("metricsLegend")}</legend>
        {all.length > MANY_KEYS && (
          <input
            type="search"
            className="chooser-search"
            aria-label={words("searchMetrics")}
            placeholder={words("searchMetrics")}
            value={sought}
            onChange={({ currentTarget }) => setSought(currentTarget.value)}
          />
        )}
        {keys.slice(0, MOST_SHOWN).map((key) => (
          <label key={key} className="check">
            <input
              type="checkbox"
              checked={view.keys.includes(key)}
              disabled={!view.keys.includes(key) && view.keys.length >= MOST_KEYS}
              onChange={() => toggle(key)}
            />
            <span>
              {metrics.label(key)} <code>{key}</code>
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
