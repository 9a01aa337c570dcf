import type { PanelModel } from "./prepare-panel.ts";
import type { ChartWindow } from "./series.ts";

/** All that decides where a panel's ink lies. */
export type PanelPicture = {
  model: Pick<PanelModel, "x" | "y" | "domain">;
  window: ChartWindow;
  width: number;
  height: number;
};

/** Less than this nobody sees. */
const SEEN_PX = 0.25;

/** Whether two drawings of a panel differ nowhere by a visible part of a pixel. */
export function looksAlike(a: PanelPicture, b: PanelPicture): boolean {
  if (a.width !== b.width || a.height !== b.height || a.model.x.length !== b.model.x.length) {
    return false;
  }
  return (
    sameColumn(a.model.x, b.model.x, { a: toX(a), b: toX(b) }) &&
    a.model.y.length === b.model.y.length &&
    a.model.y.every((line, index) =>
      sameColumn(line, b.model.y[index] ?? [], { a: toY(a), b: toY(b) }),
    )
  );
}

type ToPx = (value: number) => number;

function toX({ window: { from, to }, width }: PanelPicture): ToPx {
  const unit = width / (to - from);
  return (x) => (x - from) * unit;
}

function toY({ model: { domain }, height }: PanelPicture): ToPx {
  const [low, high] = domain;
  const unit = height / (high - low);
  return (y) => (y - low) * unit;
}

type Value = number | null | undefined;

function sameColumn(a: readonly Value[], b: readonly Value[], px: { a: ToPx; b: ToPx }): boolean {
  return a.every((one, index) => {
    const other = b[index];
    if (typeof one !== "number" || typeof other !== "number") {
      return one === other;
    }
    return Math.abs(px.a(one) - px.b(other)) < SEEN_PX;
  });
}
