import { useTranslations } from "next-intl";
import type { JSX, KeyboardEvent } from "react";
import type { Bracket, ChartModel, LaneModel } from "./chart-model.ts";
import { EventMark } from "./event-mark.tsx";
import type { ChartEvent } from "./events.ts";
import { formatStep } from "./format.ts";
import type { LaneMark } from "./lay-out-lane.ts";

type Props = { model: ChartModel; locale: string };

/** Rows of events below the plot. One tab stop for all marks; arrow keys go from mark to mark. */
export function ChartLanes({ model, locale }: Props): JSX.Element | null {
  const t = useTranslations("charts");
  const { layout, lanes } = model;
  const top = lanes[0]?.top;
  if (top === undefined) {
    return null;
  }
  const first = lanes.find((lane) => lane.marks.length + lane.brackets.length > 0)?.lane;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of marks inside a drawing has no element of its own.
    <svg
      className="ch-lanes"
      role="group"
      aria-label={t("events")}
      width={layout.width}
      height={layout.height - top}
      style={{ top }}
      viewBox={`0 ${top} ${layout.width} ${layout.height - top}`}
      onKeyDown={walk}
    >
      {lanes.map((lane) => (
        <LaneRow
          key={lane.lane}
          lane={lane}
          model={model}
          locale={locale}
          tabStop={lane.lane === first}
        />
      ))}
    </svg>
  );
}

function walk(event: KeyboardEvent<SVGSVGElement>): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) {
    return;
  }
  const links = [...event.currentTarget.querySelectorAll("a")];
  const place = links.findIndex((link) => link.matches(":focus"));
  links[place + step]?.focus();
  event.preventDefault();
}

function LaneRow(props: Props & { lane: LaneModel; tabStop: boolean }): JSX.Element {
  const { lane, model, locale, tabStop } = props;
  const { layout, x } = model;
  const name = layout.narrow
    ? { x: layout.width, textAnchor: "end" as const }
    : { x: 0, textAnchor: "start" as const };
  return (
    <g>
      <path className="ch-grid" d={`M0 ${lane.top + 0.5}H${x.range[1]}`} />
      <text className="ch-label ch-halo" {...name} y={lane.middle + 4}>
        {lane.name}
      </text>
      {lane.brackets.map((bracket, index) => (
        <TrialBracket
          key={bracket.event.id}
          bracket={bracket}
          middle={lane.middle}
          tabIndex={tabStop && index === 0 ? 0 : -1}
        />
      ))}
      {lane.marks.map((mark, index) => (
        <MarkLink
          key={mark.events[0]?.id ?? mark.px}
          mark={mark}
          middle={lane.middle}
          locale={locale}
          tabIndex={tabStop && index === 0 && lane.brackets.length === 0 ? 0 : -1}
        />
      ))}
    </g>
  );
}

const HIT = 24;
const hrefOf = (event: ChartEvent): string => event.href ?? `#${event.id}`;

function MarkLink(props: {
  mark: LaneMark;
  middle: number;
  locale: string;
  tabIndex: number;
}): JSX.Element | null {
  const t = useTranslations("charts");
  const { mark, middle, locale, tabIndex } = props;
  const first = mark.events[0];
  if (!first) {
    return null;
  }
  const names = mark.events.map((event) =>
    t("eventName", {
      kind: t(`kinds.${event.kind}`),
      step: formatStep(event.step, locale),
      label: event.label,
    }),
  );
  const { length } = names;
  const label =
    length > 1 ? t("manyEvents", { count: length, names: names.join(" ") }) : names.join();
  return (
    <a href={hrefOf(first)} tabIndex={tabIndex}>
      <title>{label}</title>
      <rect
        className="ch-hit"
        x={mark.px - HIT / 2}
        y={middle - HIT / 2}
        width={HIT}
        height={HIT}
      />
      <EventMark kind={mark.kind} x={mark.px} y={middle} />
      {mark.events.length > 1 && (
        <text className="ch-count ch-halo" x={mark.px + 7} y={middle - 1}>
          {mark.events.length}
        </text>
      )}
    </a>
  );
}

function TrialBracket({
  bracket,
  middle,
  tabIndex,
}: {
  bracket: Bracket;
  middle: number;
  tabIndex: number;
}): JSX.Element {
  const { event, from, to, name } = bracket;
  const label = event.name ? `${event.name}: ${event.label}` : event.label;
  return (
    <a href={hrefOf(event)} tabIndex={tabIndex}>
      <title>{label}</title>
      <rect
        className="ch-hit"
        x={from}
        y={middle - HIT / 2}
        width={Math.max(HIT, to - from)}
        height={HIT}
      />
      <path
        className={event.undone ? "ch-trial-line ch-undone" : "ch-trial-line"}
        d={`M${from} ${middle}H${to}`}
      />
      <path className="ch-trial-line" d={`M${from} ${middle - 5}v10M${to} ${middle - 5}v10`} />
      {name && (
        <text className="ch-label ch-halo" textAnchor={name.anchor} x={name.px} y={middle + 4}>
          {name.text}
        </text>
      )}
    </a>
  );
}
