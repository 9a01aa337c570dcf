import { useTranslations } from "next-intl";
import type { JSX } from "react";
import type { ChartModel } from "./chart-model.ts";
import { EventMark } from "./event-mark.tsx";
import { formatMetric, formatStep, textWidth } from "./format.ts";

type Props = { model: ChartModel; live: boolean; locale: string };

/** What lies over the curves: clipped values, NaN crosses, spikes, names of abandoned attempts, the newest value. */
export function ChartMarks({ model, live, locale }: Props): JSX.Element {
  const { layout, nans, spikes } = model;
  return (
    <svg className="ch-layer" width={layout.width} height={layout.height} aria-hidden="true">
      {nans.map((px) => (
        <EventMark key={px} kind="nan" x={px} y={layout.bottom - 7} scale={0.8} />
      ))}
      {spikes.map(({ px, py, value }) => (
        <g key={px}>
          <EventMark kind="spike" x={px} y={py - 8} scale={0.75} />
          <text className="ch-note" {...beside(px, model)} y={py - 4}>
            {formatMetric(value, { locale })}
          </text>
        </g>
      ))}
      <Clips model={model} locale={locale} />
      <Abandoned model={model} locale={locale} />
      <Newest model={model} live={live} />
    </svg>
  );
}

const LABEL_GAP = 9;
const LABEL_ROOM = 48;

/** A label stands to the right of its mark, and to the left where the plot ends. */
function beside(
  px: number,
  { x }: ChartModel,
  room = LABEL_ROOM,
): { x: number; textAnchor: "start" | "end" } {
  return px + room > x.range[1]
    ? { x: px - LABEL_GAP, textAnchor: "end" }
    : { x: px + LABEL_GAP, textAnchor: "start" };
}

function Clips({ model, locale }: { model: ChartModel; locale: string }): JSX.Element {
  const t = useTranslations("charts");
  const { layout } = model;
  return (
    <>
      {model.clips.map((clip) => {
        const px = clip.wide ? clip.endPx + LABEL_GAP : clip.endPx;
        const top = clip.edge === "top";
        const value = formatMetric(clip.value, { locale });
        const text = clip.wide
          ? t("clipped", { value, step: formatStep(clip.step, locale) })
          : value;
        const tip = top ? layout.top + 2 : layout.bottom - 2;
        return (
          <g key={`${clip.edge}${clip.endPx}`} className="ch-note">
            {clip.spike ? (
              <EventMark kind="spike" x={px} y={tip + 5} scale={0.75} />
            ) : (
              <path className="ch-fill" d={`M${px} ${tip}l4 ${top ? 7 : -7}h-8z`} />
            )}
            {clip.labelled && (
              <text
                {...beside(px, model, textWidth(text, 12) + LABEL_GAP)}
                y={tip + (top ? 9 : -1)}
              >
                {text}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

const LINE_HEIGHT = 15;

function Abandoned({ model, locale }: { model: ChartModel; locale: string }): JSX.Element {
  const t = useTranslations("charts");
  const { x, y, layout, lines } = model;
  const names = lines.flatMap(({ series, prepared }) => {
    const last = prepared.columns.findLast(
      (column) => column.x <= model.window.to && column.x >= model.window.from,
    );
    if (series.role !== "abandoned" || !last || !prepared.newest || layout.narrow) {
      return [];
    }
    const px = x.px(last.x);
    const py = Math.max(layout.top + 24, Math.min(layout.bottom - 24, y.px(last.smooth) - 4));
    const texts = [
      t("abandonedAttempt", { attempt: series.attempt }),
      t("abandonedAt", { step: formatStep(prepared.newest.step, locale) }),
    ];
    return [
      {
        id: series.id,
        px,
        py,
        texts,
        room: Math.max(...texts.map((text) => textWidth(text, 12))) + LABEL_GAP,
      },
    ];
  });
  return (
    <>
      {names.map((name, index) => (
        <text key={name.id} className="ch-note ch-halo" y={name.py + shift(names, index)}>
          {name.texts.map((text, row) => (
            <tspan
              key={text}
              {...beside(name.px, model, name.room)}
              dy={row === 0 ? 0 : LINE_HEIGHT}
            >
              {text}
            </tspan>
          ))}
        </text>
      ))}
    </>
  );
}

/** Moves a name down when an earlier one stands in the same place. */
function shift(names: readonly { px: number; py: number }[], index: number): number {
  const own = names[index];
  const taken = names
    .slice(0, index)
    .filter(
      (one) =>
        own && Math.abs(one.px - own.px) < 120 && Math.abs(one.py - own.py) < 2 * LINE_HEIGHT,
    );
  return taken.length * 2 * LINE_HEIGHT;
}

function Newest({ model, live }: { model: ChartModel; live: boolean }): JSX.Element | null {
  const { tag, x, layout } = model;
  if (!tag?.inWindow) {
    return null;
  }
  const left = x.range[1] + 9;
  return (
    <>
      {live ? (
        // A new key restarts the ring: it arrives once with each message.
        <circle key={tag.key} className="ch-ring" cx={tag.px} cy={tag.py} r="9" />
      ) : null}
      <circle className={live ? "ch-live" : "ch-last"} cx={tag.px} cy={tag.py} r="4.5" />
      <g className="ch-tag">
        <rect x={left} y={tag.py - 10} width={layout.right - 9} height="20" rx="2" />
        <text x={left + (layout.right - 9) / 2} y={tag.py + 4.5} textAnchor="middle">
          {tag.text}
        </text>
      </g>
    </>
  );
}
