import fc from "fast-check";
import { expect, test } from "vitest";
import { TRUST_LEVELS, type TrustRecord, trustFor } from "./trust-levels.ts";

const nothing: TrustRecord = {
  days100: 0,
  days365: 0,
  posts: 0,
  reactions: 0,
  people: 0,
  clean: null,
};
const record = fc.record({
  days100: fc.nat(100),
  days365: fc.nat(365),
  posts: fc.nat(300),
  reactions: fc.nat(300),
  people: fc.nat(60),
  clean: fc.option(fc.nat(500)),
});

test("a newcomer has level 0, and who meets every number of a level has it", () => {
  expect(trustFor(nothing)).toBe(0);
  for (const { level, needs } of TRUST_LEVELS) {
    expect(trustFor({ ...needs, days100: needs.days, days365: needs.days })).toBe(level);
  }
});

test("one number short of a level is a level below, at the most", () => {
  for (const { level, needs } of TRUST_LEVELS.slice(1)) {
    const met: TrustRecord = { ...needs, days100: needs.days, days365: needs.days };
    for (const name of ["posts", "reactions", "people", "clean"] as const) {
      if (needs[name] > 0) {
        expect(trustFor({ ...met, [name]: needs[name] - 1 })).toBeLessThan(level);
      }
    }
  }
});

test("doing more never lowers trust, and levels ask for more and allow no less", () => {
  fc.assert(
    fc.property(record, record, (a, b) => {
      const sum = {
        days100: Math.max(a.days100, b.days100),
        days365: Math.max(a.days365, b.days365),
        posts: Math.max(a.posts, b.posts),
        reactions: Math.max(a.reactions, b.reactions),
        people: Math.max(a.people, b.people),
        clean: a.clean === null || b.clean === null ? null : Math.max(a.clean, b.clean),
      };
      expect(trustFor(sum)).toBeGreaterThanOrEqual(Math.max(trustFor(a), trustFor(b)));
    }),
  );
  for (const [index, { allows, needs }] of TRUST_LEVELS.entries()) {
    const below = TRUST_LEVELS[index - 1];
    if (below !== undefined) {
      expect(allows.links).toBeGreaterThanOrEqual(below.allows.links);
      expect(allows.images).toBeGreaterThanOrEqual(below.allows.images);
      expect(needs.posts).toBeGreaterThanOrEqual(below.needs.posts);
    }
  }
});
