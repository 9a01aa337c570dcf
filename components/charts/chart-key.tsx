import { useTranslations } from "next-intl";
import type { CSSProperties, JSX } from "react";
import type { ChartModel } from "./chart-model.ts";
import { EventIcon } from "./event-mark.tsx";
import type { ChartEventKind } from "./events.ts";
import { insideWindow } from "./find-column.ts";
import { type ChartLine, colourOf, dashOf } from "./prepare-lines.ts";

/** What the lines and marks of the shown window mean, in words. */
export function ChartKey({
  model,
  smoothing,
}: {
  model: ChartModel;
  smoothing: number;
}): JSX.Element {
  const t = useTranslations("charts");
  const lines = model.lines.filter((line) => line.series.role !== "abandoned");
  const banded = lines.some((line) => line.prepared.mode === "band");
  const abandoned = model.lines.find(
    (line) =>
      line.series.role === "abandoned" &&
      insideWindow(line.prepared.columns, model.window).length > 0,
  );
  const kinds = new Set(
    model.lanes.flatMap((lane) =>
      lane.marks.flatMap((mark) => mark.events.map((event) => event.kind)),
    ),
  );
  return (
    <ul className="ch-key">
      {lines.map((line) => (
        <li key={line.series.id}>
          <Swatch line={line} />
          {line.smoothing > 0 && smoothing > 0
            ? t("smoothed", { label: line.series.label, factor: smoothing })
            : line.series.label}
        </li>
      ))}
      {banded && (
        <li>
          <i className="ch-swatch-band" />
          {t("band")}
        </li>
      )}
      {abandoned && (
        <li>
          <Swatch line={abandoned} />
          {t("abandoned")}
        </li>
      )}
      {model.gaps.length > 0 && (
        <li>
          <i className="ch-swatch-gap" />
          {t("gap")}
        </li>
      )}
      {[...kinds].map((kind: ChartEventKind) => (
        <li key={kind}>
          <EventIcon kind={kind} />
          {t(`kinds.${kind}`)}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ line }: { line: ChartLine }): JSX.Element {
  const style: CSSProperties = {
    stroke: colourOf(line.colour),
    strokeDasharray: dashOf(line.colour),
  };
  return (
    <svg className="ch-swatch" viewBox="0 0 16 4" aria-hidden="true">
      <path d="M0 2H16" style={style} />
    </svg>
  );
}
