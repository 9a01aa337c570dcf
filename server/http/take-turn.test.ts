import { expect, test } from "vitest";
import { takeTurn } from "./take-turn.ts";

test("those who wait go on one by one, in order, with other work between any two of them", async () => {
  const seen: string[] = [];
  const other = () => {
    seen.push("other");
    if (seen.length < 20) {
      setImmediate(other);
    }
  };
  const turns = [1, 2, 3, 4].map((turn) => takeTurn().then(() => seen.push(`turn ${turn}`)));
  setImmediate(other);
  await Promise.all(turns);
  const places = [1, 2, 3, 4].map((turn) => seen.indexOf(`turn ${turn}`));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const [at, place] of places.slice(1).entries()) {
    expect(seen.slice((places[at] ?? 0) + 1, place)).toEqual(["other"]);
  }
  await takeTurn();
});
