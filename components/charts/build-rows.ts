import type { ChartLine } from "./prepare-lines.ts";
import type { Column } from "./prepare-series.ts";

export type Row = { x: number } & Record<string, number | [number, number]>;

/** One stroke of the pen: a stretch of a series without gap or NaN. */
export type Stroke = {
  line: ChartLine;
  /** Keys into the rows; `band` and `raw` are absent where there is nothing to put behind the line. */
  lineKey: string;
  bandKey: string | null;
  rawKey: string | null;
  dots: boolean;
};

/** A hundred holes in one window are a torn line in any case; more strokes would only cost time. */
const MAX_STROKES = 48;

export type RowOptions = {
  /** Values are kept within this factor of the plot, so that no coordinate overflows the drawing. */
  clampY: (value: number) => number;
  /** Pixels per unit of x, to tell where points stand far enough apart for dots. */
  pxPerX: number;
};

/**
 * Lays all lines into one table of rows, which is what the drawing library reads. Every stroke has its
 * own keys: rows of other series in between do not break it, and where the pen lifts, another begins.
 */
export function buildRows(
  lines: readonly ChartLine[],
  options: RowOptions,
): { rows: Row[]; strokes: Stroke[] } {
  const rows = new Map<number, Row>();
  const strokes = lines.flatMap((line, index) => lineStrokes(line, { index, rows, options }));
  return { rows: [...rows.values()].sort((a, b) => a.x - b.x), strokes };
}

type Build = { index: number; rows: Map<number, Row>; options: RowOptions };

function lineStrokes(line: ChartLine, { index, rows, options }: Build): Stroke[] {
  const strokes: Stroke[] = [];
  const { columns, mode } = line.prepared;
  const dots = mode === "raw" && line.smoothing === 0 && isSparse(columns, options.pxPerX);
  for (const column of columns) {
    if (strokes.length === 0 || (column.lift && strokes.length < MAX_STROKES)) {
      const name = `${index}_${strokes.length}`;
      strokes.push({
        line,
        lineKey: `l${name}`,
        bandKey: mode === "band" ? `b${name}` : null,
        rawKey: mode === "raw" && line.smoothing > 0 ? `r${name}` : null,
        dots,
      });
    }
    const stroke = strokes.at(-1);
    if (stroke) {
      fillRow(rowAt(rows, column.x), { column, stroke, clampY: options.clampY });
    }
  }
  return strokes;
}

function rowAt(rows: Map<number, Row>, x: number): Row {
  const row = rows.get(x) ?? { x };
  rows.set(x, row);
  return row;
}

type Fill = { column: Column; stroke: Stroke; clampY: (value: number) => number };

function fillRow(row: Row, { column, stroke, clampY }: Fill): void {
  row[stroke.lineKey] = clampY(stroke.line.smoothing > 0 ? column.smooth : column.mean);
  if (stroke.bandKey) {
    row[stroke.bandKey] = [clampY(column.min), clampY(column.max)];
  }
  if (stroke.rawKey) {
    row[stroke.rawKey] = clampY(column.mean);
  }
}

const DOT_SPACING = 12;

function isSparse(columns: readonly Column[], pxPerX: number): boolean {
  const [first, last] = [columns[0], columns.at(-1)];
  return (
    first !== undefined &&
    last !== undefined &&
    (last.x - first.x) * pxPerX >= DOT_SPACING * (columns.length - 1)
  );
}
