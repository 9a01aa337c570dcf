import { expect, test } from "vitest";
import {
  isolate,
  NO_CHOICES,
  toggleLine,
  togglePin,
  visibleSeries,
  withColours,
} from "./chart-choices.ts";
import { type ChartSeries, emptyData } from "./series.ts";

const line = (id: string, role: ChartSeries["role"] = "other"): ChartSeries => ({
  id,
  label: id,
  role,
  attempt: 1,
  data: emptyData,
});
const series = [line("loss", "main"), line("loss@1", "abandoned"), line("lr")];
const all = ["loss", "lr"];

test("isolating a line hides the others, and isolating it again shows all", () => {
  const alone = isolate(NO_CHOICES, "lr", all);
  expect(visibleSeries(series, alone.hidden).map(({ id }) => id)).toEqual(["lr"]);
  expect(isolate(alone, "lr", all).hidden).toEqual([]);
  expect(isolate(alone, "loss", all).hidden).toEqual(["lr"]);
});

test("an abandoned attempt goes and comes with its line", () => {
  expect(visibleSeries(series, ["lr"]).map(({ id }) => id)).toEqual(["loss", "loss@1"]);
});

test("the last line cannot be taken away", () => {
  const one = toggleLine(NO_CHOICES, "loss", all);
  expect(one.hidden).toEqual(["loss"]);
  expect(toggleLine(one, "lr", all)).toBe(one);
});

test("a line keeps its colour when its neighbour is hidden", () => {
  const coloured = withColours(series);
  expect(coloured.map(({ colour }) => colour)).toEqual([1, undefined, 2]);
  expect(visibleSeries(coloured, ["loss"])[0]?.colour).toBe(2);
});

test("pinning the same place twice takes the pin away, and the fifth pin drops the first", () => {
  const pinned = [1, 2, 3, 4, 5].reduce(togglePin, NO_CHOICES);
  expect(pinned.pins).toEqual([2, 3, 4, 5]);
  expect(togglePin(pinned, 3).pins).toEqual([2, 4, 5]);
});
