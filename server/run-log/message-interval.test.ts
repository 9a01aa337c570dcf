import { expect, test } from "vitest";
import { nextRhythm, type Rhythm } from "./message-interval.ts";

const silent: Rhythm = { lastMessageAt: null, messageIntervalMs: null, recentGapsMs: [] };
const after = (times: number[]) => times.reduce(nextRhythm, silent);

test("one message makes no interval, two make one", () => {
  expect(after([1_000]).messageIntervalMs).toBeNull();
  expect(after([1_000, 1_250]).messageIntervalMs).toBe(250);
});

test("a night of silence does not move the median of steady messages", () => {
  const steady = Array.from({ length: 10 }, (_, i) => i * 1_000);
  expect(after([...steady, 40_000_000, 40_001_000]).messageIntervalMs).toBe(1_000);
});

test("only recent gaps count, and a clock that goes back counts as no gap", () => {
  const slowThenFast = [...Array.from({ length: 30 }, (_, i) => i * 5_000)];
  const last = slowThenFast.at(-1) ?? 0;
  const fast = Array.from({ length: 17 }, (_, i) => last + (i + 1) * 100);
  const rhythm = after([...slowThenFast, ...fast]);
  expect(rhythm.messageIntervalMs).toBe(100);
  expect(rhythm.recentGapsMs).toHaveLength(16);
  expect(nextRhythm({ ...silent, lastMessageAt: new Date(500) }, 100).recentGapsMs).toEqual([0]);
});
