import { expect, test } from "vitest";
import { MOST_RUNS, parseComparison, writeComparison } from "./compare-address.ts";

const parse = (text: string) => parseComparison(new URLSearchParams(text));

test("runs may be named one by one or in a row, each counts once", () => {
  expect(parse("run=a&run=b&run=a").ids).toEqual(["a", "b"]);
  expect(parse("runs=a,b,,b").ids).toEqual(["a", "b"]);
  expect(parse("").ids).toEqual([]);
});

test("more runs than one picture can tell apart are left out", () => {
  const many = Array.from({ length: MOST_RUNS + 5 }, (_, index) => `r${index}`);
  expect(parse(`runs=${many.join(",")}`).ids).toEqual(many.slice(0, MOST_RUNS));
});

test("a comparison comes back from its address", () => {
  const comparison = parse("runs=a,b&base=b&x=relative&y=log&m=lr&from=5&to=9&hide=a");
  expect(comparison).toMatchObject({ base: "b", view: { x: "relative", y: "log", keys: ["lr"] } });
  expect(parse(writeComparison(comparison))).toEqual(comparison);
});

test("a difference to a run that is not there is none", () => {
  expect(parse("run=a&base=b").base).toBeNull();
});
