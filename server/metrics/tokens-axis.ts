// The tokens axis: the attempt's `tokens` series (cumulative, so it rises with the steps) says how many tokens had been
// seen at each step. A window on tokens becomes a window on steps through it, and positions between two of its points
// are interpolated; before the first and behind the last one they stay at it.
import { AppError } from "../platform/errors.ts";
import { type Bound, locate } from "./locate.ts";
import type { Span } from "./plan-buckets.ts";
import { chunksOf, type SealedReader } from "./sealed-reader.ts";
import { pointCount, type SeriesView } from "./series-view.ts";
import { type Place, pointsOf } from "./summarise.ts";

export const TOKENS_KEY = "tokens";

/** The window on steps that belongs to a window on tokens, and the points of `tokens` that it holds. */
export type TokensWindow = { fromStep: number; toStep: number; span: Span };

/** The attempt's `tokens` series. Throws `bad_request` when it has none. */
export function requireTokens(views: Map<string, SeriesView>): SeriesView {
  const view = views.get(TOKENS_KEY);
  if (view === undefined || pointCount(view) === 0) {
    throw new AppError(
      "bad_request",
      "This run has not logged the metric `tokens` (cumulative, with each step), so it has no tokens axis. Ask for x=step or x=time.",
    );
  }
  return view;
}

export async function windowOnTokens(
  reader: SealedReader,
  view: SeriesView,
  { from, to }: { from: number; to: number },
): Promise<TokensWindow> {
  const total = pointCount(view);
  const bounds: Bound[] = [
    { view, field: "values", at: from, above: false },
    { view, field: "values", at: to, above: true },
  ];
  const [first = 0, end = total] = await locate(reader, bounds);
  // One point more on either side, so that positions at the window's edges are interpolated and not cut.
  const span = { from: Math.max(0, first - 1), to: Math.max(first, Math.min(total, end + 1)) };
  return {
    fromStep: await stepAt(reader, view, { index: first, tokens: from }),
    toStep: await stepAt(reader, view, { index: end, tokens: to }),
    span,
  };
}

/** The step, with fractions, at which so many tokens had been seen: between point `index`−1 and point `index`. */
async function stepAt(
  reader: SealedReader,
  view: SeriesView,
  { index, tokens }: { index: number; tokens: number },
): Promise<number> {
  if (index === 0 || index === pointCount(view)) {
    return index === 0 ? -Infinity : Infinity;
  }
  const span = { from: index - 1, to: index + 1 };
  await reader.load(chunksOf(view.id, span.from, Math.min(span.to, view.cut)));
  const { steps, values } = pointsOf(reader, view, span);
  const [before, after] = [values[0] as number, values[1] as number];
  const [stepBefore, stepAfter] = [steps[0] as number, steps[1] as number];
  const share = after > before ? (tokens - before) / (after - before) : 1;
  return stepBefore + share * (stepAfter - stepBefore);
}

/** Tokens at any step, from known pairs in rising step order. */
export function interpolate(steps: number[], tokens: number[]): Place {
  return (step) => {
    let low = 0;
    let high = steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((steps[middle] as number) >= step) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low === 0 || steps[low] === step) {
      return tokens[low] ?? Number.NaN;
    }
    if (low === steps.length) {
      return tokens[low - 1] as number;
    }
    const [before, after] = [steps[low - 1] as number, steps[low] as number];
    const [less, more] = [tokens[low - 1] as number, tokens[low] as number];
    // Whole numbers stay whole on the way: only the last division may round.
    return (less * (after - step) + more * (step - before)) / (after - before);
  };
}
