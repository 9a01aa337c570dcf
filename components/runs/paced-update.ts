import type { Query } from "@tanstack/react-query";
import type { LiveFrame } from "#server/runs/contract.ts";

// The wall holds dozens of small lines in which one step more is less than a pixel. Their answers are brought up to
// date at most once a second, so that the page's work goes into what one sees move: the curve, and the figures above it.

const PACE_MS = 1_000;

type Pace = { appliedAt: number; waiting: readonly LiveFrame[] | null };

const paces = new WeakMap<Query, Pace>();

/** Applies the newest `frames` now, or when a second has passed since the last time. Frames hold those before them. */
export function pacedUpdate(
  query: Query,
  frames: readonly LiveFrame[],
  apply: (frames: readonly LiveFrame[]) => unknown,
): void {
  const pace = paces.get(query) ?? { appliedAt: 0, waiting: null };
  paces.set(query, pace);
  const wait = pace.appliedAt + PACE_MS - Date.now();
  if (wait > 0 && pace.waiting === null) {
    setTimeout(() => flush(pace, apply), wait);
  }
  pace.waiting = frames;
  if (wait <= 0) {
    flush(pace, apply);
  }
}

function flush(pace: Pace, apply: (frames: readonly LiveFrame[]) => unknown): void {
  const { waiting } = pace;
  if (waiting !== null) {
    pace.waiting = null;
    pace.appliedAt = Date.now();
    apply(waiting);
  }
}
