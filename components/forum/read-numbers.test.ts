import { expect, test } from "vitest";
import { readNumbers } from "./read-numbers.ts";
import { readTags } from "./read-tags.ts";

test("numbers are read one by one and in stretches, each once", () => {
  expect(readNumbers("7, 3, 5-7 and 6")).toEqual([3, 5, 6, 7]);
  expect(readNumbers("none")).toEqual([]);
});
test("tags are apart by spaces and commas of both kinds", () => {
  expect(readTags("#spike, 去重，loss spike")).toEqual(["spike", "去重", "loss"]);
});
