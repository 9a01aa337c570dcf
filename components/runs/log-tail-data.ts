import type { LiveFrame, LogTail } from "#server/runs/contract.ts";

/** Older lines leave at the top, so that a page may stay open for days. */
export const KEPT_LINES = 500;

/** Adds the frames' lines. A line's number goes on from the one before, as the portal counts them. */
export function applyToLog(tail: LogTail, frames: readonly LiveFrame[]): LogTail {
  let number = tail.lines.at(-1)?.number ?? 0;
  const fresh = frames.flatMap((frame) =>
    frame.lines.map((text) => {
      number += 1;
      return { number, attempt: frame.attempt, time: frame.times.at(-1) ?? 0, text };
    }),
  );
  return {
    seq: frames.at(-1)?.seq ?? tail.seq,
    lines: fresh.length === 0 ? tail.lines : [...tail.lines, ...fresh].slice(-KEPT_LINES),
  };
}
