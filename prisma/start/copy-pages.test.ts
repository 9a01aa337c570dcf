import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyPages, removePages } from "./copy-pages.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cpm-live-pages-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function build(name: string): void {
  rmSync(join(root, ".next"), { recursive: true, force: true });
  mkdirSync(join(root, ".next", "static", "cache"), { recursive: true });
  mkdirSync(join(root, ".next", "cache"));
  writeFileSync(join(root, ".next", "BUILD_ID"), name);
  writeFileSync(join(root, ".next", "static", "cache", "page.js"), name);
  writeFileSync(join(root, ".next", "cache", "big"), name);
}

test("what is served outlives the next build, and leaves out what only builds need", () => {
  build("first");
  const copy = join(root, copyPages(root) ?? "");
  build("second");
  expect(readFileSync(join(copy, "static", "cache", "page.js"), "utf8")).toBe("first");
  expect(existsSync(join(copy, "cache"))).toBe(false);
  removePages(root);
  expect(existsSync(copy)).toBe(false);
});

test("a second copy of one process replaces the first, and a dead process's copy goes", () => {
  build("first");
  const forgotten = join(root, ".pages", String(2 ** 22 + 1)); // Beyond what Linux gives out.
  mkdirSync(forgotten, { recursive: true });
  copyPages(root);
  build("second");
  const copy = join(root, copyPages(root) ?? "");
  expect(readFileSync(join(copy, "BUILD_ID"), "utf8")).toBe("second");
  expect(existsSync(forgotten)).toBe(false);
});

test("without a build there is nothing to copy", () => {
  expect(copyPages(root)).toBeNull();
});
