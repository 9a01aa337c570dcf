import fc from "fast-check";
import { expect, test } from "vitest";
import { CATEGORIES, ORDERS, STAGES, STATES } from "#server/initiatives/contract.ts";
import { initiativesHref, parseInitiativesQuery } from "./initiatives-query.ts";

const query = fc.record(
  {
    stage: fc.constantFrom(...STAGES),
    order: fc.constantFrom(...ORDERS),
    state: fc.constantFrom(...STATES),
    category: fc.constantFrom(...CATEGORIES),
    next: fc.record({
      key: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
      id: fc.nat(),
    }),
  },
  { requiredKeys: ["stage", "order"] },
);

const read = (href: string) => parseInitiativesQuery(new URL(href, "http://portal").searchParams);

test("every list has an address that leads back to it", () => {
  fc.assert(
    fc.property(query, (asked) => {
      expect(read(initiativesHref(asked))).toEqual(asked);
    }),
  );
});

test("a made-up address shows the first list", () => {
  const asked = read("/initiatives?stage=moon&order=1&state=&category=cats&next=a~b");
  expect(asked).toEqual({ stage: "open", order: "wanted" });
});
