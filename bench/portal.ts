import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyPages, removePages } from "../prisma/start/copy-pages.mjs";
import { PORTAL_FLAGS } from "../prisma/start/portal-flags.mjs";

export type BenchPortal = { port: number; pid: number; dataDir: string; stop(): Promise<void> };

type PortalOptions = {
  /** With the built pages; only the API and the live stream when left out. */
  pages?: boolean;
};

/** The portal as a process of its own on a free port, with a data folder that goes with it. */
export async function startBenchPortal(
  databaseUrl: string,
  { pages = false }: PortalOptions = {},
): Promise<BenchPortal> {
  const built = pages ? copyPages() : null;
  if (pages && built === null) {
    throw new Error("The pages are not built. Run npm run build first.");
  }
  const dataDir = mkdtempSync(join(tmpdir(), "cpm-live-bench-portal-"));
  const child: ChildProcess = spawn(
    process.execPath,
    [...PORTAL_FLAGS, "server/main.ts", ...(pages ? [] : ["--no-pages"])],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        DATA_DIR: dataDir,
        PORT: "0",
        HOST: "127.0.0.1",
        NODE_ENV: "production",
        ...(built === null ? {} : { PAGES_DIR: built }),
      },
    },
  );
  const ended = new Promise<void>((done) => {
    child.once("exit", () => done());
  });
  const port = await new Promise<number>((done, fail) => {
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      const found = /"url":"http:\/\/127\.0\.0\.1:(\d+)"/.exec(output)?.[1];
      if (found !== undefined) {
        done(Number(found));
      }
    });
    void ended.then(() => fail(new Error(`The portal did not start: ${output}`)));
  });
  return {
    port,
    pid: child.pid ?? 0,
    dataDir,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
      removePages();
    },
  };
}
