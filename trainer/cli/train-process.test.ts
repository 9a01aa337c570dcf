import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Random } from "../data/random.ts";
import { ContractPortal } from "../report/contract-portal.ts";

const MAIN = join(import.meta.dirname, "..", "main.ts");
const STEPS = 60;
let root = "";
let portal: ContractPortal;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "trainer-"));
  portal = new ContractPortal();
});
afterEach(async () => {
  await portal.stop();
  await rm(root, { recursive: true, force: true });
});

type Trainer = { process: ChildProcess; output: () => string; ended: Promise<number | null> };

/** The real program in a process of its own, with a data folder of its own. */
function start(args: string[], path = ""): Trainer {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { NODE_ENV: "test", DATA_DIR: root, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return {
    process: child,
    output: () => output,
    ended: once(child, "close").then(([code]) => code as number | null),
  };
}

function trainTiny(url: string | null, out: string): Trainer {
  const report = url === null ? [] : ["--portal", url, "--token", "secret"];
  return start([
    "train",
    "--recipe",
    "tiny",
    "--steps",
    String(STEPS),
    "--out",
    join(root, out),
    "--resume",
    ...report,
  ]);
}

async function until(met: () => boolean): Promise<void> {
  while (!met()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function lossesOf(directory: string): Promise<Map<number, number>> {
  const losses = new Map<number, number>();
  for (const name of (await readdir(directory)).filter((file) => file.startsWith("log."))) {
    for (const line of (await readFile(join(directory, name), "utf8")).trim().split("\n")) {
      const { iter, loss } = JSON.parse(line) as { iter: number; loss: number };
      losses.set(iter, loss);
    }
  }
  return losses;
}

test("killed at random moments, the run's attempts join to the losses of an uninterrupted run, each point once", async () => {
  await trainTiny(null, "whole").ended;
  const whole = await lossesOf(join(root, "whole"));
  expect(whole.size).toBe(STEPS);

  const url = await portal.start();
  const random = Random.fromSeed(77);
  for (let kill = 0; kill < 4; kill += 1) {
    const trainer = trainTiny(url, "killed");
    const before = portal.attempts.length;
    const target = 1 + random.below(18);
    // Some kills come between two reports, some before the first one.
    await until(
      () =>
        portal.attempts.length > before || portal.points(Math.max(1, before), "loss").length > 0,
    );
    await until(
      () =>
        portal.points(portal.attempts.length, "loss").length >= target ||
        trainer.process.exitCode !== null,
    );
    trainer.process.kill("SIGKILL");
    await trainer.ended;
  }
  const last = trainTiny(url, "killed");
  expect([await last.ended, last.output()]).toEqual([
    0,
    expect.stringContaining("All planned steps are done."),
  ]);

  const joined = new Map<number, unknown>();
  portal.attempts.forEach(({ fromStep }, i) => {
    const points = portal.points(i + 1, "loss");
    const steps = points.map(([step]) => step);
    expect(steps).toEqual(steps.map((_, k) => fromStep + 1 + k));
    for (const [step, loss] of points) {
      joined.set(step, loss);
    }
  });
  expect(portal.attempts.length).toBeGreaterThan(1);
  expect(joined).toEqual(whole);
  expect(portal.finished).toBe("finished");
  expect(portal.checkpoints.at(-1)?.files.every(({ complete }) => complete)).toBe(true);
}, 120_000);

test("SIGTERM ends with a checkpoint, everything reported, and exit code 0; the next start goes on in the same attempt", async () => {
  const url = await portal.start();
  const trainer = trainTiny(url, "stopped");
  await until(() => portal.points(1, "loss").length >= 3);
  trainer.process.kill("SIGTERM");
  expect(await trainer.ended).toBe(0);
  const steps = portal.points(1, "loss").length;
  expect(await readdir(join(root, "stopped", "checkpoints"))).toContain(
    `step-${String(steps).padStart(6, "0")}`,
  );
  await trainTiny(url, "stopped").ended;
  expect(portal.attempts).toHaveLength(1);
  expect(portal.points(1, "loss").map(([step]) => step)).toEqual(
    Array.from({ length: STEPS }, (_, i) => i + 1),
  );
}, 60_000);

test("SIGTERM or SIGKILL while a checkpoint is being written leaves whole ones only, and the run goes on from them", async () => {
  await trainTiny(null, "calm").ended;
  const calm = await lossesOf(join(root, "calm"));
  const checkpoints = join(root, "hit", "checkpoints");
  await mkdir(checkpoints, { recursive: true });
  const hit = async (signal: NodeJS.Signals): Promise<number | null> => {
    const half = new Promise<void>((resolve) => {
      const watcher = watch(checkpoints, (_event, name) => {
        if (name?.endsWith(".part") === true) {
          watcher.close();
          resolve();
        }
      });
    });
    const trainer = trainTiny(null, "hit");
    await half;
    trainer.process.kill(signal);
    return trainer.ended;
  };
  expect(await hit("SIGTERM")).toBe(0);
  expect((await readdir(checkpoints)).every((name) => /^step-\d+$/.test(name))).toBe(true);
  expect(await hit("SIGKILL")).toBeNull();
  const last = trainTiny(null, "hit");
  expect(await last.ended).toBe(0);
  expect(last.output()).not.toContain("passed over");
  expect((await readdir(checkpoints)).every((name) => /^step-\d+$/.test(name))).toBe(true);
  expect(await lossesOf(join(root, "hit"))).toEqual(calm);
}, 120_000);

test("a second trainer in the same directory, and one without --resume, are sent away with advice", async () => {
  const url = await portal.start();
  const first = trainTiny(url, "same");
  await until(() => portal.points(1, "loss").length >= 1);
  const second = trainTiny(null, "same");
  expect([await second.ended, second.output()]).toEqual([
    2,
    expect.stringMatching(/is training in .*--out/),
  ]);
  await first.ended;
  const third = start(["train", "--recipe", "tiny", "--out", join(root, "same")]);
  expect([await third.ended, third.output()]).toEqual([2, expect.stringMatching(/Add --resume/)]);
}, 60_000);

test("logits and generate read a checkpoint; the same seed gives the same text", async () => {
  await start(["train", "--recipe", "tiny", "--steps", "10", "--out", join(root, "short")]).ended;
  const checkpoint = join(root, "short", "checkpoints", "step-000010");
  const asked = start([
    "logits",
    "--checkpoint",
    checkpoint,
    "--ids",
    "6,12,13",
    "--slot",
    "2",
    "--segment",
    "2",
  ]);
  expect(await asked.ended).toBe(0);
  const { logits } = JSON.parse(asked.output()) as { logits: number[] };
  expect(logits).toHaveLength(256);
  expect(logits.every(Number.isFinite)).toBe(true);
  const texts = [1, 2].map(() =>
    start([
      "generate",
      "--checkpoint",
      checkpoint,
      "--prompt",
      "清早",
      "--max-tokens",
      "8",
      "--seed",
      "5",
    ]),
  );
  const codes = await Promise.all(texts.map(({ ended }) => ended));
  expect(codes).toEqual([0, 0]);
  expect(texts[0]?.output()).toBe(texts[1]?.output());
  expect(texts[0]?.output().trim()).not.toBe("");
}, 60_000);

/** A folder with a program called npm that does what the shell lines say. */
async function npmThat(lines: string): Promise<string> {
  const folder = join(root, "bin");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "npm"), `#!/bin/sh\n${lines}\n`);
  await chmod(join(folder, "npm"), 0o755);
  return folder;
}

test.skipIf(process.platform === "win32").each([
  [
    "npm reaches no registry",
    "echo 'npm error network' >&2; exit 1",
    /could not be fetched: npm error network.*Connect to the npm registry once/,
  ],
  [
    "npm brings something else",
    "echo rubbish > chinese-poetry-2.0.1.tgz",
    /arrived with integrity sha512-.*Do not use it/,
  ],
])(
  "without a corpus on disk, when %s, the trainer says so and leaves nothing half done",
  async (_, lines, message) => {
    const trainer = start(["train", "--recipe", "demo"], await npmThat(lines));
    expect([await trainer.ended, trainer.output()]).toEqual([1, expect.stringMatching(message)]);
    expect(await readdir(join(root, "corpus"))).toEqual([]);
  },
  60_000,
);
