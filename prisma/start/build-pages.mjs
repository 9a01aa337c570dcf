// `next build`, when the sources are not those of the last build.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pinnedNode } from "./install.mjs";
import { line, step } from "./progress.mjs";
import { runStep } from "./run-step.mjs";

const FOLDERS = ["app", "components", "server", "messages", "i18n", "public"];
const NOT_BUILT = /\.test\.tsx?$|^server\/(testing|live)\/|^server\/platform\/prisma-client\//;
const MARK = ".next/built-from";

/** Builds the pages unless they are up to date. */
export async function buildPages() {
  if (!existsSync("app")) {
    line("pages", "this checkout has none");
    return;
  }
  const wanted = hashSources();
  if (existsSync(MARK) && existsSync(".next/BUILD_ID") && readFileSync(MARK, "utf8") === wanted) {
    line("pages", "up to date");
    return;
  }
  await step("pages", "building, about a minute", async () => {
    rmSync(MARK, { force: true });
    await runStep(pinnedNode(), ["node_modules/next/dist/bin/next", "build"], {
      failure: "The pages could not be built; the lines above say why.",
    });
    writeFileSync(MARK, wanted);
    return "built";
  });
}

function hashSources() {
  const hash = createHash("sha256");
  const roots = readdirSync(".").filter(
    (name) =>
      /\.(m?[jt]s|json|css)$/.test(name) &&
      !/^(test|start)\.mjs$|^next-env|^knip|^biome/.test(name),
  );
  const files = FOLDERS.filter((folder) => existsSync(folder)).flatMap(filesBelow);
  for (const file of [...roots, ...files].sort()) {
    if (!NOT_BUILT.test(file)) {
      hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

/** @param {string} folder */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll("\\", "/"));
}
