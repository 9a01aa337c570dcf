import type { ChartStage } from "./events.ts";
import { textWidth } from "./format.ts";
import type { Scale } from "./scale.ts";
import type { ChartWindow } from "./series.ts";

/** A stage's name above the plot; `line` is where its dotted vertical stands, null when it began before the window. */
export type StageName = { name: string; fullName: string; px: number; line: number | null };

export type StagePlace = {
  window: ChartWindow;
  x: Scale;
  toX: (step: number) => number;
};

const AFTER_LINE_PX = 7;

/** Names stand behind their lines and are cut to the room before the next; a name without room is left out. */
export function placeStages(stages: readonly ChartStage[], place: StagePlace): StageName[] {
  const starts = stages
    .map((stage, index) => ({
      stage,
      x: index === 0 ? place.window.from : place.toX(stage.fromStep),
      first: index === 0,
    }))
    .filter((one) => !Number.isNaN(one.x) && one.x <= place.window.to);
  return starts.flatMap(({ stage, x, first }, index) => {
    const next = starts[index + 1]?.x ?? Number.POSITIVE_INFINITY;
    if (next <= place.window.from) {
      return [];
    }
    const inside = !first && x > place.window.from;
    const left = place.x.px(Math.max(x, place.window.from));
    const px = left + (inside ? AFTER_LINE_PX : 0);
    const room = Math.min(place.x.px(next), place.x.range[1]) - px - AFTER_LINE_PX;
    return [
      { name: shorten(stage.name, room), fullName: stage.name, px, line: inside ? left : null },
    ];
  });
}

/** The text, the part before its middle dot, its beginning with an ellipsis, or nothing. */
function shorten(text: string, room: number): string {
  const [head = text] = text.split(" · ");
  const whole = [text, head].find((part) => textWidth(part) <= room);
  if (whole !== undefined) {
    return whole;
  }
  const letters = Math.floor((head.length * room) / textWidth(head)) - 1;
  return letters >= 3 ? `${head.slice(0, letters).trimEnd()}…` : "";
}
