import { useTranslations } from "next-intl";
import type { JSX } from "react";
import type { ChartModel } from "./chart-model.ts";
import { type CursorStore, useCursor } from "./chart-sync.tsx";
import { EventIcon } from "./event-mark.tsx";
import { formatMetric, formatStep, formatX } from "./format.ts";
import { colourOf } from "./prepare-lines.ts";
import { type Reading, readCursor } from "./read-cursor.ts";
import { clamp } from "./scale.ts";
import type { XAxis } from "./series.ts";
import { stepName } from "./step-name.ts";

type Props = {
  model: ChartModel;
  store: CursorStore;
  xAxis: XAxis;
  locale: string;
  stepWord?: "step" | "day" | undefined;
};

/** The hairline through plot and lanes, and what it reads. Redrawn alone when the pointer moves. */
export function ChartCross({ model, store, xAxis, locale, stepWord }: Props): JSX.Element | null {
  const x = useCursor(store);
  const inside = x !== null && x >= model.window.from && x <= model.window.to;
  const reading = inside ? readCursor(model, x) : null;
  if (!reading) {
    return null;
  }
  const { layout, y } = model;
  return (
    <>
      <svg className="ch-layer" width={layout.width} height={layout.height} aria-hidden="true">
        <path className="ch-cross" d={`M${reading.px} ${layout.top}V${layout.height}`} />
        {reading.rows
          .filter((row) => row.value >= y.domain[0] && row.value <= y.domain[1])
          .map((row) => (
            <circle
              key={row.line.series.id}
              className="ch-dot"
              cx={reading.px}
              cy={row.py}
              r="4"
              fill={colourOf(row.line.colour)}
            />
          ))}
      </svg>
      <Tooltip reading={reading} model={model} xAxis={xAxis} locale={locale} stepWord={stepWord} />
    </>
  );
}

type PinsProps = Omit<Props, "store"> & {
  pins: readonly number[];
  onUnpin: (x: number) => void;
};

/** Readings that stay when the pointer goes, each with its own hairline and a way to let it go. */
export function ChartPins({ pins, onUnpin, ...props }: PinsProps): JSX.Element {
  const { model } = props;
  const { window, layout } = model;
  const shown = pins.filter((x) => x >= window.from && x <= window.to);
  return (
    <>
      {shown.map((x, index) => {
        const reading = readCursor(model, x);
        return reading === null ? null : (
          <div key={x}>
            <svg
              className="ch-layer"
              width={layout.width}
              height={layout.height}
              aria-hidden="true"
            >
              <path
                className="ch-cross ch-pin"
                d={`M${reading.px} ${layout.top}V${layout.bottom}`}
              />
            </svg>
            <Tooltip
              {...props}
              reading={reading}
              drop={index * PIN_DROP}
              onClose={() => onUnpin(x)}
            />
          </div>
        );
      })}
    </>
  );
}

/** Each further pin stands a little lower, so that neighbours do not cover each other's heads. */
const PIN_DROP = 28;

const TIP_WIDTH = 216;
const TIP_GAP = 12;
const MAX_EVENTS = 3;

function Tooltip(props: {
  reading: Reading;
  model: ChartModel;
  xAxis: XAxis;
  locale: string;
  stepWord?: "step" | "day" | undefined;
  drop?: number;
  onClose?: () => void;
}): JSX.Element {
  const t = useTranslations("charts");
  const { reading, model, xAxis, locale, onClose } = props;
  const { layout } = model;
  // Away from now: to the left of the hairline while there is room, for news arrives on the right.
  const left =
    reading.px - TIP_WIDTH - TIP_GAP >= 0 ? reading.px - TIP_WIDTH - TIP_GAP : reading.px + TIP_GAP;
  const { column } = reading;
  const place = t(stepName(props.stepWord), { step: formatStep(column.lastStep, locale) });
  return (
    <div
      className={onClose ? "ch-tip ch-tip-pinned" : "ch-tip"}
      aria-hidden={onClose === undefined}
      style={{
        left: clamp(left, 0, Math.max(0, layout.width - TIP_WIDTH)),
        top: layout.top + 12 + (props.drop ?? 0),
        width: TIP_WIDTH,
      }}
    >
      {onClose && (
        <button
          type="button"
          className="ch-unpin"
          aria-label={t("unpin", { place })}
          onClick={onClose}
        >
          ×
        </button>
      )}
      <b>{xAxis === "step" ? place : formatX(column.lastX, xAxis, locale)}</b>
      {xAxis !== "step" && <p>{place}</p>}
      <dl>
        {reading.rows.map((row) => (
          <div key={row.line.series.id}>
            <dt style={{ "--c": colourOf(row.line.colour) } as React.CSSProperties}>
              {row.line.series.label}
            </dt>
            <dd>{formatMetric(row.value, { locale, steady: true })}</dd>
          </div>
        ))}
        {reading.rows[0] && <Spread reading={reading} locale={locale} />}
      </dl>
      {reading.events.slice(0, MAX_EVENTS).map((event) => (
        <p key={event.id} className="ch-tip-event">
          <EventIcon kind={event.kind} />
          {event.label}
        </p>
      ))}
    </div>
  );
}

function Spread({ reading, locale }: { reading: Reading; locale: string }): JSX.Element {
  const t = useTranslations("charts");
  const { column } = reading;
  const low = formatMetric(column.min, { locale, steady: true });
  const high = formatMetric(column.max, { locale, steady: true });
  return (
    <div>
      <dt>{t(column.count > 1 ? "lowestToHighest" : "rawValue")}</dt>
      <dd>{column.count > 1 ? t("range", { low, high }) : low}</dd>
    </div>
  );
}
