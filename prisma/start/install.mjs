// From a bare machine to installed packages, with Node's own modules only: what runs here may be Node 20.19.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { line, StartError, step } from "./progress.mjs";
import { runStep } from "./run-step.mjs";

const OLDEST = [20, 19];
const PINNED = "node_modules/node/bin/node";
const CLIENT = "server/platform/prisma-client";

/** Settings that keep installers and tools from fetching or reporting anything by themselves. */
export const QUIET = {
  ONNXRUNTIME_NODE_INSTALL: "skip",
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
};

/** Checks the machine's Node and npm. Throws with what to install. */
export function checkMachine() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new StartError(
      `Node ${process.versions.node} is too old: install Node ${OLDEST.join(".")} or newer from https://nodejs.org.`,
    );
  }
  if (!["linux", "darwin", "win32"].includes(process.platform)) {
    throw new StartError(`CPM-Live runs on Linux, macOS and Windows; this is ${process.platform}.`);
  }
  line("node", `${process.versions.node} on ${process.platform}-${process.arch}`);
}

/**
 * Installs the packages of package-lock.json unless exactly these are there; true when it did.
 * @param {string | undefined} npmPath the npm that started us, as npm tells in npm_execpath
 */
export async function installPackages(npmPath) {
  if (installed()) {
    line("packages", "as locked");
    return false;
  }
  const { command, args } = findNpm(npmPath);
  await step("packages", "npm ci, one to three minutes", async () => {
    await runStep(command, [...args, "ci", "--include=dev", "--no-audit", "--no-fund"], {
      failure:
        "npm ci failed. It needs the npm registry: check the connection (or npm's proxy settings) and start again.",
    });
    return "installed";
  });
  if (!existsSync(PINNED)) {
    throw new StartError(
      "The package node came without its program. If npm is set to ignore-scripts, run: npm rebuild node",
    );
  }
  return true;
}

/** npm writes its own record of an installation last, so a broken-off one never passes. */
function installed() {
  const record = "node_modules/.package-lock.json";
  if (!existsSync(record) || !existsSync(PINNED)) {
    return false;
  }
  const wanted = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  const found = JSON.parse(readFileSync(record, "utf8")).packages;
  const same = Object.entries(found).every(
    ([path, { version }]) => wanted[path]?.version === version,
  );
  const missing = ([path, { optional }]) => path !== "" && optional !== true && !(path in found);
  return same && !Object.entries(wanted).some(missing);
}

/** @param {string | undefined} npmPath */
function findNpm(npmPath) {
  if (npmPath?.endsWith(".js") && existsSync(npmPath)) {
    return { command: process.execPath, args: [npmPath] };
  }
  const found = spawnSync("npm", ["--version"], { shell: process.platform === "win32" });
  if (found.status !== 0) {
    throw new StartError("npm is missing. Install Node with npm from https://nodejs.org.");
  }
  return { command: "npm", args: [] };
}

/** Generates the Prisma client unless the schema is the one it was generated from. */
export async function generateClient() {
  const hash = createHash("sha256").update(readFileSync("package-lock.json"));
  for (const name of readdirSync("prisma/schema").sort()) {
    hash.update(name).update(readFileSync(join("prisma/schema", name)));
  }
  const wanted = hash.digest("hex");
  const mark = join(CLIENT, ".generated-from");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) {
    line("database client", "up to date");
    return;
  }
  await step("database client", "generating", async () => {
    await runStep(pinnedNode(), ["prisma/generate.mjs", "--quiet"], {
      failure: "The database client could not be generated; the lines above say why.",
    });
    mkdirSync(CLIENT, { recursive: true });
    writeFileSync(mark, wanted);
    return "generated";
  });
}

/** The project's own Node, whatever the machine's is. */
export function pinnedNode() {
  return realpathSync(PINNED);
}

/** True when this process already runs on the project's own Node. */
export function runsOnPinnedNode() {
  return existsSync(PINNED) && realpathSync(process.execPath) === pinnedNode();
}
