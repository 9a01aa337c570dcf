// A portal serves its pages from a copy of the build, so that the next build, which clears .next first, takes no file
// from under it. The copy is named by the process that keeps it, and goes with it.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isAlive, know } from "./processes.mjs";

const BUILD = ".next";
const COPIES = ".pages";
/** What only the next build or `npm run dev` needs. */
const LEFT_OUT = new Set(["cache", "dev", "diagnostics", "trace", "trace-build", "types"]);

/**
 * Copies the build for this process; the folder, for PAGES_DIR of the portal. Null when there is no build.
 * @param {string} root the checkout; the working directory when left out
 * @returns {string | null}
 */
export function copyPages(root = "") {
  removeForgotten(join(root, COPIES));
  const build = join(root, BUILD);
  if (!existsSync(join(build, "BUILD_ID"))) {
    return null;
  }
  const copy = join(COPIES, String(process.pid));
  mkdirSync(join(root, COPIES), { recursive: true });
  removePages(root);
  cpSync(build, join(root, copy), {
    recursive: true, // Links to packages become absolute, so they hold from anywhere.
    filter: (path) => !LEFT_OUT.has(relative(build, path).split(sep)[0] ?? ""),
  });
  return copy;
}

/** Takes this process's copy away. @param {string} root */
export function removePages(root = "") {
  rmSync(join(root, COPIES, String(process.pid)), { recursive: true, force: true });
}

/** The copies of processes that are gone. @param {string} copies */
function removeForgotten(copies) {
  for (const name of existsSync(copies) ? readdirSync(copies) : []) {
    if (!isAlive(know(Number(name)))) {
      rmSync(join(copies, name), { recursive: true, force: true });
    }
  }
}
