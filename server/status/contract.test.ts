import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runStatus, type StatusFacts } from "./contract.ts";

const NOW = 1_000_000_000;

const spoke = (ageMs: number, part: Partial<StatusFacts> = {}): StatusFacts => ({
  finishStatus: null,
  paused: false,
  lastMessageAt: NOW - ageMs,
  messageIntervalMs: 1_000,
  ...part,
});

describe("runStatus", () => {
  it("waits for the first message", () => {
    expect(runStatus({ ...spoke(0), lastMessageAt: null }, NOW)).toBe("waiting");
  });

  it("goes from live to quiet after 15 s and to stalled after 60 s of silence", () => {
    const at = (ageMs: number) => runStatus(spoke(ageMs), NOW);
    expect([0, 15_000, 15_001, 60_000, 60_001].map(at)).toEqual([
      "live",
      "live",
      "quiet",
      "quiet",
      "stalled",
    ]);
  });

  it("gives a slow trainer 3 and 5 of its own intervals", () => {
    const at = (ageMs: number) => runStatus(spoke(ageMs, { messageIntervalMs: 60_000 }), NOW);
    expect([180_000, 180_001, 300_000, 300_001].map(at)).toEqual([
      "live",
      "quiet",
      "quiet",
      "stalled",
    ]);
  });

  it("is paused only while the trainer gives signs of life", () => {
    expect(runStatus(spoke(30_000, { paused: true }), NOW)).toBe("paused");
    expect(runStatus(spoke(61_000, { paused: true }), NOW)).toBe("stalled");
  });

  it("lets a declared end stand over everything else", () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (ageMs, paused) => {
        expect(runStatus(spoke(ageMs, { paused, finishStatus: "failed" }), NOW)).toBe("failed");
      }),
    );
  });

  it("depends on nothing but facts and the moment: a run that speaks again is live again", () => {
    expect(runStatus(spoke(3_600_000), NOW)).toBe("stalled");
    expect(runStatus(spoke(10), NOW)).toBe("live");
  });
});
