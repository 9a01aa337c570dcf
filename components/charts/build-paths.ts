import { isSparse } from "./is-sparse.ts";
import type { ChartLine } from "./prepare-lines.ts";
import type { Column } from "./prepare-series.ts";
import { clamp, type Scale } from "./scale.ts";

/** Everything that one series draws, as path data in pixels. Empty strings where there is nothing to draw. */
export type LinePaths = {
  line: ChartLine;
  /** Closed outline of lowest to highest, one piece per stroke of the pen. */
  band: string;
  /** Every point as it was logged, behind a smoothed line. */
  raw: string;
  /** The line on top: smoothed where smoothing is asked for. */
  top: string;
  /** Single points that stand far enough apart to be seen as such. */
  dots: { px: number; py: number }[];
};

type Place = { x: Scale; y: Scale };

/**
 * Pixels of every line. A hand-written path costs about a tenth of what a drawing library costs, so a curve may have a
 * column per pixel and change with each message.
 */
export function buildPaths(lines: readonly ChartLine[], place: Place): LinePaths[] {
  return lines.map((line) => linePaths(line, place));
}

function linePaths(line: ChartLine, place: Place): LinePaths {
  const { columns, mode } = line.prepared;
  const smoothed = line.smoothing > 0;
  const pen = penFor(place);
  const strokes = splitStrokes(columns);
  const shownDots =
    mode === "raw" && !smoothed && isSparse(columns, place.x)
      ? columns.map(pen.point)
      : lone(strokes, pen);
  return {
    line,
    band: mode === "band" ? strokes.map((stroke) => pen.band(stroke)).join("") : "",
    raw:
      mode === "raw" && smoothed
        ? strokes.map((stroke) => pen.line(stroke, (column) => column.mean)).join("")
        : "",
    top: strokes
      .map((stroke) => pen.line(stroke, (column) => (smoothed ? column.smooth : column.mean)))
      .join(""),
    dots: shownDots,
  };
}

/** A stroke of one point has no length, so it becomes a dot. */
const lone = (strokes: readonly Column[][], pen: Pen): LinePaths["dots"] =>
  strokes.flatMap(([only, more]) =>
    only !== undefined && more === undefined ? [pen.point(only)] : [],
  );

/** Stretches without gap or NaN; where the pen lifts, another begins. */
function splitStrokes(columns: readonly Column[]): Column[][] {
  const strokes: Column[][] = [];
  for (const column of columns) {
    const open = strokes.at(-1);
    if (open === undefined || column.lift) {
      strokes.push([column]);
    } else {
      open.push(column);
    }
  }
  return strokes;
}

type Pen = {
  line: (stroke: readonly Column[], value: (column: Column) => number) => string;
  band: (stroke: readonly Column[]) => string;
  point: (column: Column) => { px: number; py: number };
};

function penFor({ x, y }: Place): Pen {
  const [bottom, top] = y.range;
  const height = Math.abs(bottom - top);
  // What lies far outside is cut by the drawing's edge anyway; a coordinate of millions would only cost.
  const yAt = (value: number): number => {
    const px = y.px(value);
    return round(clamp(Number.isNaN(px) ? bottom + height : px, top - height, bottom + height));
  };
  const xAt = (column: Column): number => round(x.px(column.x));
  const run = (points: readonly string[]): string =>
    points.length === 0 ? "" : `M${points.join("L")}`;
  return {
    line: (stroke, value) => run(stroke.map((column) => `${xAt(column)} ${yAt(value(column))}`)),
    band: (stroke) => {
      const upper = stroke.map((column) => `${xAt(column)} ${yAt(column.max)}`);
      const lower = stroke.map((column) => `${xAt(column)} ${yAt(column.min)}`).reverse();
      return `${run([...upper, ...lower])}Z`;
    },
    point: (column) => ({ px: xAt(column), py: yAt(column.mean) }),
  };
}

const round = (px: number): number => Math.round(px * 10) / 10;
