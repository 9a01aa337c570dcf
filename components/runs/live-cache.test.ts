import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SeriesAnswer } from "#server/metrics/contract.ts";
import type { LiveFrame, RunDetail, RunEvent } from "#server/runs/contract.ts";
import { applyBeat, applyToEvents, applyToRun, applyToSeries, unseenFrames } from "./live-cache.ts";
import { applyToLog, KEPT_LINES } from "./log-tail-data.ts";

const frame = (seq: number, part: Partial<LiveFrame> = {}): LiveFrame => ({
  seq,
  attempt: 1,
  steps: [],
  times: [],
  series: {},
  events: [],
  lines: [],
  ...part,
});

const points = (seq: number, steps: number[]): LiveFrame =>
  frame(seq, {
    steps,
    times: steps.map((step) => step * 1000),
    series: { loss: steps.map((step) => step / 10), tokens: steps.map((step) => step * 100) },
  });

const run: RunDetail = {
  id: "run_a",
  project: "p",
  name: "A",
  status: "live",
  step: 10,
  tokens: 1000,
  updatedAt: 10_000,
  createdAt: 0,
  archived: false,
  config: {},
  planned: { steps: 100 },
  attempt: 1,
  attempts: [],
  keys: ["loss"],
  latest: { loss: 1, lr: 0.5 },
  startedAt: 0,
  finishedAt: null,
  lastMessageAt: 10_000,
  messageIntervalMs: 1000,
  paused: false,
  seq: 10,
};

const event = (id: string, kind: RunEvent["kind"], data: RunEvent["data"] = null): RunEvent => ({
  id,
  attempt: 1,
  kind,
  step: 11,
  time: 99,
  message: "m",
  source: "trainer",
  data,
});

describe("unseenFrames", () => {
  it("skips what the answer has and finds a gap after it", () => {
    const frames = [frame(5), frame(6), frame(7)];
    expect(unseenFrames(6, frames)).toEqual([frame(7)]);
    expect(unseenFrames(4, frames)).toHaveLength(3);
    expect(unseenFrames(7, frames)).toEqual([]);
    expect(unseenFrames(3, frames)).toBe("gap");
    expect(unseenFrames(3, frames, true)).toHaveLength(3);
  });
});

describe("applyToRun", () => {
  it("takes step, tokens and newest values from the frame and leaves the others", () => {
    const after = applyToRun(run, [points(11, [11, 12])], 12_500);
    expect(after).toMatchObject({ seq: 11, step: 12, tokens: 1200, lastMessageAt: 12_500 });
    expect(after.latest).toEqual({ loss: 1.2, lr: 0.5, tokens: 1200 });
    expect(after.keys).toEqual(["loss", "tokens"]);
  });

  it("does not step back for a late point", () => {
    expect(applyToRun(run, [points(11, [4])], 0).step).toBe(10);
  });

  it("follows a new attempt back to its earlier step and forgets the old values", () => {
    const after = applyToRun(run, [{ ...points(11, [7]), attempt: 2 }], 0);
    expect(after).toMatchObject({ attempt: 2, step: 7 });
    expect(after.latest).toEqual({ loss: 0.7, tokens: 700 });
  });

  it("ends with a finish event and lives again when numbers follow", () => {
    const ended = applyToRun(
      run,
      [frame(11, { events: [event("e", "finish", { status: "failed" })] })],
      0,
    );
    expect(ended).toMatchObject({ status: "failed", finishedAt: 99 });
    expect(applyToRun(ended, [points(12, [12])], 0)).toMatchObject({
      status: "live",
      finishedAt: null,
    });
  });
});

describe("applyToSeries", () => {
  const answer: SeriesAnswer = {
    seq: 10,
    attempt: 1,
    series: {
      loss: {
        kind: "raw",
        attempt: 1,
        steps: [9, 10],
        times: [9000, 10_000],
        x: [9, 10],
        values: [0.9, "NaN"],
      },
    },
  };

  it("leaves a window of the past the very same, but current to the newest message", () => {
    const after = applyToSeries(answer, { keys: ["loss"], x: "step", to: 10 }, [points(11, [11])]);
    expect(after.series).toBe(answer.series);
    expect(after.seq).toBe(11);
  });

  it("appends what was asked for, and only that", () => {
    const after = applyToSeries(answer, { keys: ["loss"], x: "step", to: undefined }, [
      points(11, [11]),
    ]);
    expect(after.seq).toBe(11);
    expect(after.series["loss"]).toMatchObject({ steps: [9, 10, 11], x: [9, 10, 11] });
    expect(after.series["tokens"]).toBeUndefined();
  });

  it("begins a series that had no point yet", () => {
    const after = applyToSeries(answer, { keys: ["tokens"], x: "step", to: undefined }, [
      points(11, [11]),
    ]);
    expect(after.series["tokens"]).toMatchObject({ kind: "raw", steps: [11], values: [1100] });
  });

  it("keeps points beyond a window's end out, on every axis", () => {
    const frames = [points(11, [11, 12, 13])];
    const lengthTo = (x: "step" | "time" | "tokens", to: number) =>
      applyToSeries(answer, { keys: ["loss"], x, to }, frames).series["loss"]?.steps.length;
    expect(lengthTo("step", 12)).toBe(4);
    expect(lengthTo("time", 11_000)).toBe(3);
    expect(lengthTo("tokens", 1250)).toBe(4);
  });

  it("gives the same series however the frames were batched", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (cuts) => {
        const frames = cuts.map((_, index) => points(11 + index, [11 + index]));
        const query = { keys: ["loss"], x: "step" as const, to: undefined };
        const atOnce = applyToSeries(answer, query, frames);
        const oneByOne = frames.reduce((now, one) => applyToSeries(now, query, [one]), answer);
        expect(oneByOne).toEqual(atOnce);
      }),
    );
  });
});

describe("applyToEvents", () => {
  it("puts new events first and each only once", () => {
    const [a, b, c] = [event("a", "start"), event("b", "spike"), event("c", "note")];
    expect(applyToEvents([b, a], [frame(11, { events: [b, c] })]).map(({ id }) => id)).toEqual([
      "c",
      "b",
      "a",
    ]);
  });

  it("changes an event that comes again, and takes a removed one away", () => {
    const [a, b] = [event("a", "note", { markdown: "old" }), event("b", "note")];
    const edited = event("a", "note", { markdown: "new" });
    expect(applyToEvents([b, a], [frame(11, { events: [edited] })])).toEqual([b, edited]);
    const removed = event("b", "note", { deleted: true });
    expect(applyToEvents([b, a], [frame(12, { events: [removed] })])).toEqual([a]);
  });

  it("lets only those in that the list was asked for", () => {
    const frames = [frame(11, { events: [event("a", "spike"), event("b", "note")] })];
    const ids = (wanted: Parameters<typeof applyToEvents>[2]) =>
      applyToEvents([], frames, wanted).map(({ id }) => id);
    expect(ids({ kinds: ["note"] })).toEqual(["b"]);
    expect(ids({ attempt: 2 })).toEqual([]);
    expect(ids({ from: 12 })).toEqual([]);
    expect(ids({ to: 11 })).toEqual(["b", "a"]);
  });
});

describe("applyBeat", () => {
  it("counts as a sign of life, and never turns the clock back", () => {
    expect(applyBeat(run, { at: 12_000, paused: true })).toMatchObject({
      paused: true,
      lastMessageAt: 12_000,
    });
    expect(applyBeat(run, { at: 9_000, paused: false }).lastMessageAt).toBe(10_000);
  });
});

describe("applyToLog", () => {
  it("goes on counting from the last line and keeps the newest lines only", () => {
    const tail = { seq: 1, lines: [{ number: 41, attempt: 1, time: 0, text: "a" }] };
    const after = applyToLog(tail, [frame(2, { lines: ["b", "c"] })]);
    expect(after.seq).toBe(2);
    expect(after.lines.map(({ number, text }) => `${number}${text}`)).toEqual([
      "41a",
      "42b",
      "43c",
    ]);
    const many = applyToLog(tail, [
      frame(2, { lines: Array.from({ length: 900 }, (_, line) => `${line}`) }),
    ]);
    expect(many.lines).toHaveLength(KEPT_LINES);
    expect(many.lines.at(-1)).toMatchObject({ number: 941, text: "899" });
  });
});
