import { expect, test } from "vitest";
import { buildPaths } from "./build-paths.ts";
import type { ChartInput } from "./chart-model.ts";
import type { ChartEvent } from "./events.ts";
import { prepareChart } from "./prepare-chart.ts";
import type { ChartSeries } from "./series.ts";
import { summarise } from "./summarise.ts";

const steps = Array.from({ length: 5000 }, (_, index) => index * 10);
const loss: ChartSeries = {
  id: "loss",
  label: "Loss",
  role: "main",
  attempt: 1,
  data: {
    kind: "raw",
    steps,
    times: steps,
    x: steps,
    values: steps.map((step) =>
      step === 30_000 ? 9 : 3 + 5 * Math.exp(-step / 900) + 0.05 * Math.sin(step),
    ),
  },
};
const event = (
  kind: ChartEvent["kind"],
  step: number,
  more: Partial<ChartEvent> = {},
): ChartEvent => ({ id: `${kind}${step}`, kind, step, time: step, label: "It happened.", ...more });

const input: ChartInput = {
  series: [loss],
  events: [
    event("start", 0),
    event("spike", 30_000),
    event("checkpoint", 20_000),
    event("initiative", 10_000, { toStep: 15_000, name: "#9 kept", selected: true }),
  ],
  stages: [
    { name: "Stage 1 · Base", fromStep: 0 },
    { name: "Stage 2 · More", fromStep: 25_000 },
  ],
  xAxis: "step",
  yScale: "linear",
  smoothing: 0.95,
  window: null,
  fullWindow: { from: 0, to: 49_990 },
  locale: "en",
  width: 1200,
  height: 480,
  laneNames: { run: "Run", health: "Health", output: "Output", initiatives: "Initiatives" },
  axisNames: ["loss", "step"],
};

test("a spike outside the plot is clipped, marked as a spike and named with its own step", () => {
  const model = prepareChart(input);
  expect(model.y.domain[1]).toBeLessThan(9);
  expect(model.clips).toContainEqual(
    expect.objectContaining({ value: 9, spike: true, step: 30_000, labelled: true }),
  );
});

test("only lanes with events are shown, and a selected trial lays its window", () => {
  const model = prepareChart(input);
  expect(model.lanes.map((lane) => lane.lane)).toEqual(["run", "health", "output", "initiatives"]);
  expect(model.lanes[3]?.brackets[0]?.name).toMatchObject({ text: "#9 kept", anchor: "middle" });
  expect(model.selected).toHaveLength(1);
  expect(prepareChart({ ...input, events: [] }).lanes).toEqual([]);
});

test("a stage that began before the window has a name and no line", () => {
  const { stages } = prepareChart({ ...input, window: { from: 20_000, to: 40_000 } });
  expect(stages.map((stage) => [stage.fullName, stage.line === null])).toEqual([
    ["Stage 1 · Base", true],
    ["Stage 2 · More", false],
  ]);
});

test("the newest value rides at the axis only while its point is in sight", () => {
  expect(prepareChart(input).tag?.inWindow).toBe(true);
  expect(prepareChart({ ...input, window: { from: 0, to: 10_000 } }).tag?.inWindow).toBe(false);
});

test("a point beyond the known run widens it", () => {
  expect(prepareChart({ ...input, fullWindow: { from: 0, to: 40_000 } }).full.to).toBe(49_990);
});

test("a line has at most one column for each pixel, whatever its length", () => {
  const model = prepareChart({
    ...input,
    width: 1900,
    series: [loss, { ...loss, id: "b", role: "other" }, { ...loss, id: "c", role: "other" }],
  });
  expect(
    Math.max(...model.lines.map(({ prepared }) => prepared.columns.length)),
  ).toBeLessThanOrEqual(1902);
  expect(buildPaths(model.lines, model)).toHaveLength(3);
});

test("evaluations are drawn as they are, beside a smoothed main line", () => {
  const few = {
    ...loss,
    id: "eval",
    role: "other" as const,
    data: {
      kind: "raw" as const,
      steps: [0, 20_000, 40_000],
      times: [0, 1, 2],
      x: [0, 20_000, 40_000],
      values: [8, 4, 3],
    },
  };
  const model = prepareChart({ ...input, series: [loss, few] });
  expect(model.lines.map((line) => line.smoothing)).toEqual([0.95, 0]);
  expect(buildPaths(model.lines, model)[1]).toMatchObject({ band: "", raw: "" });
  expect(buildPaths(model.lines, model)[1]?.dots).toHaveLength(3);
});

test("an abandoned attempt is grey and takes no colour of the palette", () => {
  const old = { ...loss, id: "old", role: "abandoned" as const };
  const model = prepareChart({
    ...input,
    series: [old, loss, { ...loss, id: "b", role: "other" }],
  });
  expect(model.lines.map((line) => line.colour)).toEqual([0, 1, 2]);
});

test("the chart's name can say how the line goes", () => {
  expect(summarise(prepareChart(input))).toMatchObject({
    trend: "falls",
    first: { step: 0 },
    last: { step: 49_990 },
  });
});

test("a single NaN draws an empty frame instead of failing", () => {
  const lost = {
    ...loss,
    data: { kind: "raw" as const, steps: [1], times: [1], x: [1], values: [Number.NaN] },
  };
  const model = prepareChart({ ...input, series: [lost], fullWindow: { from: 1, to: 1 } });
  expect(model.tag).toBeNull();
  expect(model.nans).toHaveLength(1);
});
