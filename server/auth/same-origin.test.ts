import { expect, test } from "vitest";
import { isSameOrigin } from "./same-origin.ts";

test.each([
  [{ origin: "http://here:3000" }, true],
  [{}, true],
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ origin: "http://evil.example" }, false],
  [{ origin: "http://here:3000.evil.example" }, false],
  [{ origin: "http://here" }, false],
  [{ origin: "null" }, false],
  [{ "sec-fetch-site": "cross-site" }, false],
  [{ "sec-fetch-site": "same-site" }, false],
] as const)("%j may change something: %s", (sent, may) => {
  expect(isSameOrigin(new Headers({ host: "here:3000", ...sent }))).toBe(may);
});
