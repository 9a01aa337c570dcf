import { expect, test } from "vitest";
import {
  formatElapsed,
  formatMetric,
  formatStep,
  formatTick,
  formatX,
  formatXTick,
  roundDuration,
  textWidth,
} from "./format.ts";

const en = { locale: "en" };
const zh = { locale: "zh-CN" };

test("values keep four significant digits", () => {
  expect(formatMetric(3.19123, en)).toBe("3.191");
  expect(formatMetric(18, en)).toBe("18");
  expect(formatMetric(0, en)).toBe("0");
  expect(formatMetric(3.19, { ...en, steady: true })).toBe("3.190");
});

test("large counts are compact: thousands and billions in English, 万 and 亿 in Chinese", () => {
  expect(formatMetric(25_200, en)).toBe("25.2\u00a0k");
  expect(formatMetric(15_550_000_000, en)).toBe("15.55\u00a0B");
  expect(formatMetric(15_550_000_000, zh)).toBe("155.5\u00a0亿");
  expect(formatMetric(25_200, zh)).toBe("2.52\u00a0万");
});

test("small numbers have an exponent and a true minus", () => {
  expect(formatMetric(0.0000018, en)).toBe("1.80e\u22126");
  expect(formatMetric(-0.5, en)).toBe("\u22120.500");
});

test("what is no number is named", () => {
  expect(
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) =>
      formatMetric(value, en),
    ),
  ).toEqual(["NaN", "∞", "\u2212∞"]);
});

test("a unit never parts from its number", () => {
  expect(formatMetric(37.1, { ...en, unit: "%" })).toBe("37.1\u00a0%");
});

test("a step is written in full in both languages", () => {
  expect(formatStep(118_640, "en")).toBe("118,640");
  expect(formatStep(118_640, "zh-CN")).toBe("118,640");
});

test("ticks have as many decimals as their distance asks for", () => {
  expect(formatTick(3, { ...en, step: 0.5 })).toBe("3.0");
  expect(formatTick(3.25, { ...en, step: 0.05 })).toBe("3.25");
  expect(formatTick(40, { ...en, step: 20 })).toBe("40");
});

test("times are UTC and show what their distance asks for", () => {
  const noon = Date.UTC(2026, 10, 16, 12, 0);
  expect(formatXTick(noon, "time", { ...en, step: 3_600_000 })).toBe("12:00");
  expect(formatXTick(noon, "time", { ...en, step: 1000 })).toBe("12:00:00");
  expect(formatXTick(Date.UTC(2026, 10, 16), "time", { ...en, step: 3_600_000 })).toBe("16 Nov");
  expect(formatX(noon, "time", "en")).toContain("16 Nov 2026");
});

test("durations are one number of a fitting unit", () => {
  expect(roundDuration(40_000)).toEqual({ unit: "seconds", count: 40 });
  expect(roundDuration(360_000)).toEqual({ unit: "minutes", count: 6 });
  expect(roundDuration(2 * 86_400_000)).toEqual({ unit: "days", count: 2 });
});

test("a Chinese character is about twice as wide as a letter", () => {
  expect(textWidth("损失")).toBeGreaterThan(1.5 * textWidth("ab"));
});

test("time since the start stands in its two largest units", () => {
  expect(formatElapsed(0, "en")).toBe("0\u00a0s");
  expect(formatElapsed(45_000, "en")).toBe("45\u00a0s");
  expect(formatElapsed(2 * 86_400_000 + 4 * 3_600_000 + 59_000, "en")).toBe("2\u00a0d 4\u00a0h");
  expect(formatElapsed(3 * 3_600_000, "zh")).toBe("3\u00a0小时");
  expect(formatX(90_000, "relative", "en")).toBe("1\u00a0min 30\u00a0s");
  expect(formatXTick(7_200_000, "relative", { locale: "en", step: 3_600_000 })).toBe("2\u00a0h");
});
