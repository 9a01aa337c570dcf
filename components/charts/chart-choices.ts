import { useState } from "react";
import type { ChartSeries } from "./series.ts";

/** What a reader did to a chart beyond zooming: lines taken away, readings pinned (places on the x axis). */
export type ChartChoices = { hidden: readonly string[]; pins: readonly number[] };

export const NO_CHOICES: ChartChoices = { hidden: [], pins: [] };
const MOST_PINS = 4;

/** The page's choices where it keeps them (in its address), else the chart's own. */
export function useChoices(
  given: ChartChoices | undefined,
  onChange: ((choices: ChartChoices) => void) | undefined,
): [ChartChoices, (choices: ChartChoices) => void] {
  const [own, setOwn] = useState(NO_CHOICES);
  return [given ?? own, onChange ?? setOwn];
}

/** Adds a pin, or takes the one at the same place away; the oldest leaves when there are too many. */
export function togglePin(choices: ChartChoices, x: number): ChartChoices {
  const pins = choices.pins.includes(x)
    ? choices.pins.filter((pin) => pin !== x)
    : [...choices.pins, x].slice(-MOST_PINS);
  return { ...choices, pins };
}

/** Shows one line alone; all of them again when it already is alone. */
export function isolate(choices: ChartChoices, id: string, all: readonly string[]): ChartChoices {
  const others = all.filter((one) => one !== id);
  const alone = others.every((one) => choices.hidden.includes(one)) && !choices.hidden.includes(id);
  return { ...choices, hidden: alone ? [] : others };
}

/** Takes one line away or brings it back; the last one stays. */
export function toggleLine(
  choices: ChartChoices,
  id: string,
  all: readonly string[],
): ChartChoices {
  const hidden = choices.hidden.includes(id)
    ? choices.hidden.filter((one) => one !== id)
    : [...choices.hidden, id];
  return all.every((one) => hidden.includes(one)) ? choices : { ...choices, hidden };
}

const PALETTE = 8;

/** Colours given out before lines are hidden, so that a line keeps its colour whoever stands beside it. */
export function withColours(series: readonly ChartSeries[]): ChartSeries[] {
  let given = 0;
  return series.map((one) => {
    if (one.role === "abandoned") {
      return one;
    }
    given += 1;
    return { ...one, colour: one.colour ?? ((given - 1) % PALETTE) + 1 };
  });
}

/** The lines that are shown; an abandoned attempt goes with the line it belongs to (`loss@1` with `loss`). */
export function visibleSeries(
  series: readonly ChartSeries[],
  hidden: readonly string[],
): ChartSeries[] {
  return series.filter(({ id, role }) => !hidden.includes(role === "abandoned" ? lineOf(id) : id));
}

const lineOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf("@"))) || id;
