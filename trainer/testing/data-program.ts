import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "..", "main.ts");

export type Program = {
  process: ChildProcess;
  out: () => string;
  err: () => string;
  code: Promise<number | null>;
};

/** `npm run trainer -- data ARGS` as the real program, with a data folder of its own; `node` are Node's own options. */
export function startData(
  args: string[],
  dataDir: string,
  { input, node = [] }: { input?: string | Buffer; node?: string[] } = {},
): Program {
  const child = spawn(process.execPath, [...node, MAIN, "data", ...args], {
    env: { NODE_ENV: "test", DATA_DIR: dataDir, PATH: "" },
  });
  const texts = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    texts.out += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    texts.err += chunk;
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input ?? "");
  return {
    process: child,
    out: () => texts.out,
    err: () => texts.err,
    code: once(child, "close").then(([code]) => code as number | null),
  };
}
