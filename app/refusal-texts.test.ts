import { expect, test } from "vitest";
import { REFUSALS } from "#server/initiatives/refuse.ts";
import { CATALOGUES } from "./catalogues.ts";

test("every refusal of an initiative's move has a text in both languages, and every text a refusal", () => {
  for (const { initiatives } of [CATALOGUES.en, CATALOGUES.zh]) {
    expect(Object.keys(initiatives.refusals).sort()).toEqual([...REFUSALS].sort());
  }
});
