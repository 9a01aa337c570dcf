import { useTranslations } from "next-intl";
import { useFormats } from "#components/runs/use-formats.ts";
import type { DayFigures as Figures } from "#server/daily-log/contract.ts";

/** What the day's numbers say. A figure that the run does not log is left out. */
export function DayFigures({ figures }: { figures: Figures }) {
  const words = useTranslations("dailyLog");
  const formats = useFormats();
  const shown = SHOWN.filter((name) => figures[name] !== null);
  if (shown.length === 0) {
    return <p className="empty">{words("noFigures")}</p>;
  }
  return (
    <dl className="readout">
      {shown.map((name) => (
        <div key={name}>
          <dt>{words(`figure.${name}`)}</dt>
          <dd>{write(name, figures[name] ?? 0, formats)}</dd>
        </div>
      ))}
    </dl>
  );
}

const SHOWN = [
  "lossBegin",
  "lossEnd",
  "gradNorm",
  "firstStep",
  "lastStep",
  "tokens",
  "tokensTotal",
  "dataGb",
  "progressPercent",
  "tokensPerSecond",
  "energyKwh",
  "co2eKg",
  "cost",
  "nonFinite",
] as const satisfies (keyof Figures)[];

function write(
  name: (typeof SHOWN)[number],
  value: number,
  formats: ReturnType<typeof useFormats>,
): string {
  if (name === "firstStep" || name === "lastStep" || name === "nonFinite") {
    return formats.step(value);
  }
  return name === "lossBegin" || name === "lossEnd" ? formats.loss(value) : formats.metric(value);
}
