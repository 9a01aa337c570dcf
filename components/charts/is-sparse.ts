import type { Column } from "./prepare-series.ts";
import type { Scale } from "./scale.ts";

const DOT_SPACING_PX = 12;

/** Whether points stand so far apart that each deserves a dot. */
export function isSparse(columns: readonly Column[], x: Scale): boolean {
  const [first, last] = [columns[0], columns.at(-1)];
  return (
    first !== undefined &&
    last !== undefined &&
    x.px(last.x) - x.px(first.x) >= DOT_SPACING_PX * (columns.length - 1)
  );
}
