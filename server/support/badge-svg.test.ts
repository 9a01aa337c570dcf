import fc from "fast-check";
import { expect, test } from "vitest";
import { badgeSvg } from "./badge-svg.ts";

test("a badge says the run's name and state, to screen readers too", () => {
  const svg = badgeSvg({ name: "base-2", status: "live", says: "live, step 118,640" });
  expect(svg).toContain('aria-label="base-2: live, step 118,640"');
  expect(svg).toContain("#ff5a45");
});

test("whatever a run is called, the picture has our elements and no others", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (name, says) => {
      const svg = badgeSvg({ name, status: null, says });
      const tags = [...svg.matchAll(/<(\w+)/g)].map(([, tag]) => tag);
      expect(tags).toEqual(["svg", "rect", "path", "circle", "g", "text", "text"]);
    }),
  );
});
