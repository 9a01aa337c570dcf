import { type ChartSeries, toBuckets } from "#components/charts/series.ts";

type StaticCurveProps = { series: readonly ChartSeries[]; label: string; className?: string };

const WIDTH = 1000;
const HEIGHT = 300;
/** What lies above this share of the values is cut off: the first steps would flatten all the others. */
const CUT_AT = 0.985;

/** The curve as plain SVG: what a page shows before its script has come, and where none ever does. */
export function StaticCurve({ series, label, className }: StaticCurveProps) {
  const drawn = series
    .filter(({ role }) => role !== "other")
    .map((one) => ({ ...one, data: toBuckets(one.data) }));
  const scale = scaleOf(drawn.map(({ data }) => data));
  return (
    <svg
      className={className ?? "static-curve"}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {drawn.map((one) => (
        <path
          key={one.id}
          d={pathOf(one.data.x, one.data.mean, scale)}
          className={one.role === "abandoned" ? "left-behind" : "main"}
        />
      ))}
    </svg>
  );
}

type Columns = { x: readonly number[]; mean: readonly number[] };
type Scale = { x0: number; x1: number; y0: number; y1: number };

function scaleOf(columns: readonly Columns[]): Scale {
  const xs = columns.flatMap(({ x }) => [x[0] ?? 0, x.at(-1) ?? 1]);
  const values = columns.flatMap(({ mean }) => mean.filter(Number.isFinite)).sort((a, b) => a - b);
  const y0 = values[0] ?? 0;
  const y1 = values[Math.floor((values.length - 1) * CUT_AT)] ?? 1;
  return {
    x0: Math.min(...xs),
    x1: Math.max(...xs, Math.min(...xs) + 1),
    y0,
    y1: y1 > y0 ? y1 : y0 + 1,
  };
}

/** The pen lifts over what is missing. */
function pathOf(xs: readonly number[], ys: readonly number[], scale: Scale): string {
  let down = false;
  return xs
    .map((x, index) => {
      const y = ys[index] ?? Number.NaN;
      if (!Number.isFinite(y)) {
        down = false;
        return "";
      }
      const px = ((x - scale.x0) / (scale.x1 - scale.x0)) * WIDTH;
      const share = (y - scale.y0) / (scale.y1 - scale.y0);
      const step = `${down ? "L" : "M"}${px.toFixed(1)} ${(HEIGHT - 6 - share * (HEIGHT - 12)).toFixed(1)}`;
      down = true;
      return step;
    })
    .join("");
}
