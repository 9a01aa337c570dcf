import { useTranslations } from "next-intl";
import type { CSSProperties, JSX } from "react";
import { type ChartChoices, isolate, toggleLine } from "./chart-choices.ts";
import type { ChartModel } from "./chart-model.ts";
import { EventIcon } from "./event-mark.tsx";
import type { ChartEventKind } from "./events.ts";
import { insideWindow } from "./find-column.ts";
import { type ChartLine, colourOf, dashOf } from "./prepare-lines.ts";
import type { ChartSeries } from "./series.ts";

/** What the lines and marks of the shown window mean, in words. */
export function ChartKey({
  model,
  smoothing,
  series,
  choices,
  onChoices,
}: {
  model: ChartModel;
  smoothing: number;
  /** All lines, also those that are hidden. */
  series: readonly ChartSeries[];
  choices: ChartChoices;
  onChoices: (choices: ChartChoices) => void;
}): JSX.Element {
  const t = useTranslations("charts");
  const lines = model.lines.filter((line) => line.series.role !== "abandoned");
  const own = series.filter(({ role, data }) => role !== "abandoned" && data.steps.length > 0);
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
      {own.map((one) => (
        <LineName
          key={one.id}
          series={one}
          line={lines.find(({ series: { id } }) => id === one.id)}
          smoothing={smoothing}
          choices={choices}
          onChoices={onChoices}
          all={own.map(({ id }) => id)}
        />
      ))}
      {banded && (
        <li>
          <i className="ch-swatch-band" />
          {t("band")}
        </li>
      )}
      {abandoned && (
        <li>
          <Swatch colour={0} />
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

type LineNameProps = {
  series: ChartSeries;
  line: ChartLine | undefined;
  smoothing: number;
  choices: ChartChoices;
  onChoices: (choices: ChartChoices) => void;
  all: readonly string[];
};

/** A press shows the line alone, with Shift it only comes or goes; a single line has nothing to be told from. */
function LineName(props: LineNameProps): JSX.Element {
  const t = useTranslations("charts");
  const { series, line, smoothing, choices, onChoices, all } = props;
  const label =
    line !== undefined && line.smoothing > 0 && smoothing > 0
      ? t("smoothed", { label: series.label, factor: smoothing })
      : series.label;
  const inside = (
    <>
      <Swatch colour={series.colour ?? 1} />
      {label}
    </>
  );
  if (all.length < 2) {
    return <li>{inside}</li>;
  }
  return (
    <li>
      <button
        type="button"
        className="ch-key-btn"
        aria-pressed={!choices.hidden.includes(series.id)}
        title={t("isolate")}
        onClick={(event) =>
          onChoices((event.shiftKey ? toggleLine : isolate)(choices, series.id, all))
        }
      >
        {inside}
      </button>
    </li>
  );
}

function Swatch({ colour }: { colour: number }): JSX.Element {
  const style: CSSProperties = {
    stroke: colourOf(colour),
    strokeDasharray: dashOf(colour),
  };
  return (
    <svg className="ch-swatch" viewBox="0 0 16 4" aria-hidden="true">
      <path d="M0 2H16" style={style} />
    </svg>
  );
}
