import fc from "fast-check";
import { expect, test } from "vitest";
import { monthGrid } from "./month-grid.ts";

test("weeks begin on Monday, and what belongs to other months stays empty", () => {
  const [month] = monthGrid(["2022-05-29"]);
  expect(month?.month).toBe("2022-05");
  expect(month?.weeks[0]).toEqual([null, null, null, null, null, null, "2022-05-01"]);
  expect(month?.weeks.at(-1)?.slice(0, 3)).toEqual(["2022-05-30", "2022-05-31", null]);
});

test("months between the first and the last day are there too, newest first", () => {
  const months = monthGrid(["2022-11-30", "2023-02-01"]);
  expect(months.map(({ month }) => month)).toEqual(["2023-02", "2023-01", "2022-12", "2022-11"]);
  expect(monthGrid([])).toEqual([]);
});

test("every day of a month stands once, on its own weekday", () => {
  const anyDay = fc.date({
    min: new Date("1990-01-01"),
    max: new Date("2090-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(anyDay, (date) => {
      const day = date.toISOString().slice(0, 10);
      const [month] = monthGrid([day]);
      const all = (month?.weeks ?? []).flat();
      expect(all.filter((one) => one === day)).toHaveLength(1);
      expect(all.indexOf(day) % 7).toBe((date.getUTCDay() + 6) % 7);
      const next = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0));
      expect(all.filter((one) => one !== null)).toHaveLength(next.getUTCDate());
    }),
  );
});
