import type { Column } from "./prepare-series.ts";
import type { Scale } from "./scale.ts";

/** Something that the plot's edge cuts off, with the value that it hides. */
export type ClipMark = {
  edge: "top" | "bottom";
  /** Where the extreme lies and where the cut stretch ends, in pixels. */
  px: number;
  endPx: number;
  value: number;
  step: number;
  /** More than a needle: its label also names the step. */
  wide: boolean;
};

/** Marks nearer than this become one, which carries the most extreme value. */
const MERGE_PX = 64;
const WIDE_PX = 6;

/** Finds what lies outside the y domain in the columns of one series. */
export function clipMarks(
  columns: readonly Column[],
  { x, y }: { x: Scale; y: Scale },
): ClipMark[] {
  const marks: ClipMark[] = [];
  const [left, right] = x.range;
  for (const column of columns) {
    const px = x.px(column.x);
    if (px < left - 1 || px > right + 1) {
      continue;
    }
    if (column.max > y.domain[1]) {
      addMark(marks, {
        edge: "top",
        px,
        endPx: px,
        value: column.max,
        step: column.step,
        wide: false,
      });
    }
    if (column.min < y.domain[0]) {
      addMark(marks, {
        edge: "bottom",
        px,
        endPx: px,
        value: column.min,
        step: column.step,
        wide: false,
      });
    }
  }
  return marks;
}

function addMark(marks: ClipMark[], mark: ClipMark): void {
  const before = marks.findLast((one) => one.edge === mark.edge);
  if (!before || mark.px - before.endPx > MERGE_PX) {
    marks.push(mark);
    return;
  }
  const further = mark.edge === "top" ? mark.value > before.value : mark.value < before.value;
  if (further) {
    before.value = mark.value;
    before.step = mark.step;
    before.px = mark.px;
  }
  before.endPx = mark.px;
  before.wide = before.endPx - before.px > WIDE_PX;
}
