import { expect, test } from "vitest";
import en from "./messages.en.json" with { type: "json" };
import zh from "./messages.zh.json" with { type: "json" };

type Tree = { [name: string]: string | Tree };

/** Every message's path with the names of its placeholders. */
function outline(tree: Tree, path = ""): string[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    const here = `${path}${name}`;
    const places =
      typeof value === "string" ? [...new Set(value.match(/\{\w+/g) ?? [])].sort() : [];
    return typeof value === "string" ? [`${here} ${places.join(" ")}`] : outline(value, `${here}.`);
  });
}

const keys = (tree: Tree): string[] => outline(tree).map((line) => line.split(" ")[0] ?? "");

test("both languages have the same messages", () => {
  expect(keys(zh)).toEqual(keys(en));
});

test("no message is left empty", () => {
  expect([...outline(en), ...outline(zh)].filter((line) => line.trim() === "")).toEqual([]);
  expect(Object.values(zh).filter((value) => value === "")).toEqual([]);
});
