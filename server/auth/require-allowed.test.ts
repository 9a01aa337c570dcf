import { expect, test } from "vitest";
import { requireAllowed } from "./require-allowed.ts";
import { allowedIn } from "./trust-levels.ts";

const links = (n: number) =>
  Array.from({ length: n }, (_, i) => `[a](https://else.test/${i})`).join(" ");
const images = (n: number) => "![a](/api/images/x.webp) ".repeat(n);

test.each([0, 1, 2, 3, 4])("level %i may write as much as is published, and no more", (trust) => {
  const most = allowedIn(trust);
  requireAllowed({ trust }, links(most.links) + images(most.images));
  expect(() => requireAllowed({ trust }, links(most.links + 1))).toThrow(/links/);
  expect(() => requireAllowed({ trust }, images(most.images + 1))).toThrow(/images/);
});
