import { expect, test } from "vitest";
import { lastTurn } from "./last-turn.ts";

const BEIJING = { timeZone: "Asia/Shanghai", hour: 16 };
const at = (text: string) => Date.parse(text);

test("the day turns at the hour of the run's own clock", () => {
  const before = lastTurn(at("2026-03-02T07:59:59Z"), BEIJING);
  const after = lastTurn(at("2026-03-02T08:00:00Z"), BEIJING);
  expect(before).toMatchObject({ day: "2026-03-01", to: at("2026-03-01T08:00:00Z") });
  expect(after).toEqual({
    day: "2026-03-02",
    from: at("2026-03-01T08:00:00Z"),
    to: at("2026-03-02T08:00:00Z"),
  });
});

test("the day on which summer time begins has 23 hours", () => {
  const { from, to } = lastTurn(at("2026-03-29T20:00:00Z"), {
    timeZone: "Europe/Berlin",
    hour: 16,
  });
  expect((to - from) / 3_600_000).toBe(23);
});
