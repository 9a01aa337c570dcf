import type { HeatModel } from "./prepare-heat-map.ts";
import { resolveColour } from "./use-theme-name.ts";

/** Colours of the ramp; more cannot be told apart. */
const SHADES = 48;
/** The weakest colour still differs from an empty place. */
const WEAKEST = 6;

type Size = { width: number; rowHeight: number; rows: number };

/** Paints the cells; a missing one stays hatched ground, which the page's sheet draws below the canvas. */
export function paintHeat(canvas: HTMLCanvasElement, model: HeatModel, size: Size): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.rows * size.rowHeight * ratio);
  const context = canvas.getContext("2d");
  if (context === null) {
    return;
  }
  const high = ramp(canvas, "--series-1");
  const low = ramp(canvas, "--series-2");
  context.scale(ratio, ratio);
  for (const { row, left, width, tone } of model.cells) {
    const shades = tone < 0 ? low : high;
    context.fillStyle = shades[Math.round(Math.abs(tone) * (SHADES - 1))] ?? "";
    // One hair wider than its place, so that no seam shines between two cells.
    context.fillRect(left, row * size.rowHeight, width + 0.5, size.rowHeight - 1);
  }
}

function ramp(probe: HTMLElement, colour: string): string[] {
  return Array.from({ length: SHADES }, (_, shade) => {
    const share = WEAKEST + ((100 - WEAKEST) * shade) / (SHADES - 1);
    return resolveColour(
      probe,
      `color-mix(in oklab, var(${colour}) ${share.toFixed(1)}%, var(--surface))`,
    );
  });
}
