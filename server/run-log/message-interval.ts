/** How many recent gaps the median is taken over. */
const KEPT_GAPS = 16;

export type Rhythm = {
  lastMessageAt: Date | null;
  messageIntervalMs: number | null;
  recentGapsMs: number[];
};

/** The rhythm after one more sign of life at `now` (Unix ms): one long silence does not move a median. */
export function nextRhythm(rhythm: Rhythm, now: number): Rhythm {
  const { lastMessageAt, recentGapsMs } = rhythm;
  const gaps =
    lastMessageAt === null
      ? recentGapsMs
      : [...recentGapsMs, Math.max(0, now - lastMessageAt.getTime())].slice(-KEPT_GAPS);
  return {
    lastMessageAt: new Date(now),
    messageIntervalMs: median(gaps),
    recentGapsMs: gaps,
  };
}

function median(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
