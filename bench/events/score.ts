import type { Kind, Truth } from "./curves.ts";

export type Found = { kind: string; attempt: number; step: number };
export type Score = { right: number; found: number; known: number };

/** How far from its step an event may be told and still be it. */
const NEAR = 3;

/**
 * Counts per kind: each known event is met by one found one at most, so whatever is told twice is wrong once.
 */
export function scoreOf(kinds: readonly Kind[], truths: Truth[], found: Found[]): Map<Kind, Score> {
  return new Map(
    kinds.map((kind) => {
      const open = found.filter((event) => event.kind === kind);
      const count = open.length;
      const known = truths.filter((truth) => truth.kind === kind);
      let right = 0;
      for (const truth of known) {
        const place = open.findIndex(
          ({ attempt, step }) => attempt === truth.attempt && Math.abs(step - truth.step) <= NEAR,
        );
        if (place >= 0) {
          open.splice(place, 1);
          right += 1;
        }
      }
      return [kind, { right, found: count, known: known.length }];
    }),
  );
}
