import { expect, test } from "vitest";
import { findSections } from "./find-sections.ts";

test("a part of the site is found by a piece of its name in any case, and nothing by nothing", () => {
  const named = (typed: string) => findSections(typed, (name) => name.toUpperCase());
  expect(named("show").map(({ url }) => url)).toEqual(["/showcase"]);
  expect(named("")).toEqual([]);
});
