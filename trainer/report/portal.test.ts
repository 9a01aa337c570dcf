import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunCommand } from "#server/run-log/contract.ts";
import { Random } from "../data/random.ts";
import { ContractPortal, type Trouble } from "./contract-portal.ts";
import { openPortal, type Portal } from "./portal.ts";

let root = "";
let server: ContractPortal;
const notes: string[] = [];
const commands: RunCommand[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "portal-"));
  server = new ContractPortal();
  notes.length = 0;
  commands.length = 0;
});
afterEach(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

type Start = { fromStep?: number; token?: string };

function open(url: string, { fromStep = 0, token = "secret" }: Start = {}): Promise<Portal> {
  return openPortal({
    url,
    token,
    directory: join(root, "report"),
    run: { project: "cpm-live", name: "test", key: "k" },
    fromStep,
    onCommand: (command) => commands.push(command),
    notify: (text) => notes.push(text),
  });
}

async function until(met: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !met(); i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(met()).toBe(true);
}

async function train(portal: Portal, from: number, to: number): Promise<void> {
  for (let step = from; step <= to; step += 1) {
    portal.sink.log(step, { loss: step === 7 ? Number.NaN : 100 - step, lr: 0.1 });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const expected = (from: number, to: number): [number, unknown][] =>
  Array.from({ length: to - from + 1 }, (_, i) => [
    from + i,
    from + i === 7 ? "NaN" : 100 - from - i,
  ]);

describe("a portal on a bad day", () => {
  test("gets every point once and in order although requests fail, answers are lost and some take long", async () => {
    const random = Random.fromSeed(4);
    const troubles: Trouble[] = ["none", "none", "none", "error", "drop", "lost", "busy", "slow"];
    server.trouble = () => troubles[random.below(troubles.length)] ?? "none";
    const portal = await open(await server.start());
    await train(portal, 1, 150);
    portal.sink.evaluation(150, { "eval/loss": 3 });
    portal.sink.samples(150, [{ prompt: "春江", text: "花月夜", task: "continuation" }]);
    portal.sink.finish("finished", "Done.");
    await portal.sink.close(30_000);
    expect(server.points(1, "loss")).toEqual(expected(1, 150));
    expect(server.attempts.map(({ fromStep }) => fromStep)).toEqual([0]);
    expect(server.evaluations.at(-1)?.results).toEqual({ "eval/loss": 3 });
    expect(server.samples.at(-1)?.samples[0]?.text).toBe("花月夜");
    expect(server.finished).toBe("finished");
    expect(server.refusals).toEqual([]);
  }, 60_000);

  test("that is away when training begins gets everything when it comes", async () => {
    const url = await server.start();
    await server.stop();
    const portal = await open(url);
    await train(portal, 1, 50);
    await until(() => notes.some((note) => /does not take reports/.test(note)));
    await server.start(Number(new URL(url).port));
    await portal.sink.close(20_000);
    expect(server.points(1, "loss")).toEqual(expected(1, 50));
    expect(notes).toContain("The portal takes reports again.");
  }, 30_000);

  test("that is away for an hour's steps gets them all, which wait on disk and not in memory", async () => {
    const url = await server.start();
    await server.stop();
    const portal = await open(url);
    // Ten steps a second for an hour; the demo does five.
    const steps = 36_000;
    for (let step = 1; step <= steps; step += 1) {
      portal.sink.log(step, { loss: 1 / step, lr: 0.1 });
      if (step % 1_000 === 0) {
        portal.sink.settle();
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await server.start(Number(new URL(url).port));
    await portal.sink.close(60_000);
    const points = server.points(1, "loss");
    expect(points).toHaveLength(steps);
    expect(points.at(-1)).toEqual([steps, 1 / steps]);
    expect(server.refusals).toEqual([]);
  }, 90_000);

  test("is told every settled step by the next start, whatever became of the trainer", async () => {
    const url = await server.start();
    await server.stop();
    const killed = await open(url);
    for (let step = 1; step <= 20; step += 1) {
      killed.sink.log(step, { loss: step === 7 ? Number.NaN : 100 - step });
    }
    killed.sink.settle();
    // What a kill at this moment leaves behind.
    await cp(join(root, "report"), join(root, "left"), { recursive: true });
    await killed.sink.close(0);
    await rm(join(root, "report"), { recursive: true });
    await cp(join(root, "left"), join(root, "report"), { recursive: true });
    await server.start(Number(new URL(url).port));
    const again = await open(url, { fromStep: 20 });
    expect(again.newAttempt).toBe(false);
    await again.sink.close(10_000);
    expect(server.points(1, "loss")).toEqual(expected(1, 20));
  }, 30_000);

  test("that refuses the token is named, and nothing is lost", async () => {
    const url = await server.start();
    const portal = await open(url, { token: "wrong" });
    await train(portal, 1, 5);
    await until(() => notes.some((note) => /401/.test(note)));
    await portal.sink.close(0);
    const again = await open(url, { fromStep: 5 });
    await again.sink.close(10_000);
    expect(server.points(1, "loss")).toEqual(expected(1, 5));
  });
});

describe("a trainer that starts again", () => {
  test("goes on in the same attempt when nothing after its checkpoint was reported", async () => {
    const url = await server.start();
    const first = await open(url);
    await train(first, 1, 10);
    await first.sink.close(10_000);
    const second = await open(url, { fromStep: 10 });
    expect(second.newAttempt).toBe(false);
    await train(second, 11, 20);
    await second.sink.close(10_000);
    expect(server.attempts).toHaveLength(1);
    expect(server.points(1, "loss")).toEqual(expected(1, 20));
  });

  test("opens an attempt that names the checkpoint's step when it must go back", async () => {
    const url = await server.start();
    const first = await open(url);
    await train(first, 1, 15);
    await first.sink.close(10_000);
    const second = await open(url, { fromStep: 10 });
    expect(second.newAttempt).toBe(true);
    await train(second, 11, 20);
    await second.sink.close(10_000);
    expect(server.attempts.map(({ fromStep }) => fromStep)).toEqual([0, 10]);
    expect(server.points(1, "loss")).toEqual(expected(1, 15));
    expect(server.points(2, "loss")).toEqual(expected(11, 20));
    expect(server.attempts[1]?.reason).toMatch(/step 15 .* step 10/);
  });

  test("after a crash at any moment sends again what was not acknowledged, and the portal has it once", async () => {
    const url = await server.start();
    const directory = join(root, "report");
    const first = await open(url);
    const copies: string[] = [];
    for (let part = 0; part < 6; part += 1) {
      await train(first, part * 20 + 1, part * 20 + 20);
      await new Promise((resolve) => setTimeout(resolve, 130));
      const copy = join(root, `copy-${part}`);
      await cp(directory, copy, { recursive: true });
      copies.push(copy);
    }
    await first.sink.close(10_000);
    for (const copy of copies) {
      // What a kill leaves is the files as they were; an older cursor only means more repetition.
      await cp(join(copy, "sender.json"), join(directory, "sender.json"));
      const again = await open(url, { fromStep: 120 });
      await again.sink.close(10_000);
    }
    expect(server.attempts).toHaveLength(1);
    expect(server.points(1, "loss")).toEqual(expected(1, 120));
    expect(server.refusals).toEqual([]);
  }, 30_000);

  test("opens no second attempt when the answer to opening one was lost", async () => {
    let lost = 0;
    server.trouble = (path) => (path.endsWith("/attempts") && lost++ < 2 ? "lost" : "none");
    const portal = await open(await server.start());
    await train(portal, 1, 5);
    await portal.sink.close(10_000);
    expect(server.attempts).toHaveLength(1);
    expect(server.points(1, "loss")).toEqual(expected(1, 5));
  });

  test("begins a new attempt at a portal that does not know the run", async () => {
    const url = await server.start();
    const first = await open(url);
    await train(first, 1, 10);
    await first.sink.close(10_000);
    const other = new ContractPortal();
    const second = await open(await other.start(), { fromStep: 10 });
    await train(second, 11, 15);
    await second.sink.close(10_000);
    await other.stop();
    expect(other.attempts.map(({ fromStep }) => fromStep)).toEqual([10]);
    expect(other.points(1, "loss")).toEqual(expected(11, 15));
  });
});

describe("what the portal asks", () => {
  test("reaches the trainer with the answers, also while it is paused and sends only signs of life", async () => {
    const portal = await open(await server.start());
    await train(portal, 1, 3);
    await until(() => server.points(1, "loss").length === 3);
    portal.setPaused(true);
    server.commands = [{ id: "c1", kind: "resume", reason: "Go on.", payload: null }];
    await until(() => commands.some(({ id }) => id === "c1"));
    expect(server.heartbeats.at(-1)).toEqual({ attempt: 1, state: "paused" });
    portal.sink.event({ kind: "command", step: 3, message: "Training goes on.", commandId: "c1" });
    await portal.sink.close(10_000);
    expect(server.commands).toEqual([]);
    expect(server.events().map(({ commandId }) => commandId)).toEqual(["c1"]);
  });
});

describe("a checkpoint", () => {
  const big = randomBytes(9 * 1024 * 1024);

  async function upload(portal: Portal): Promise<string> {
    const directory = join(root, "step-000010");
    await mkdir(directory);
    await writeFile(join(directory, "model.safetensors"), big);
    await writeFile(join(directory, "config.json"), "{}");
    portal.sink.checkpoint({
      step: 10,
      tokens: 99,
      directory,
      files: ["model.safetensors", "config.json"],
      metrics: { loss: 3 },
    });
    return directory;
  }

  test("arrives whole although chunks fail, and goes on where it stopped", async () => {
    const random = Random.fromSeed(9);
    server.trouble = (path) =>
      path.includes("/files/")
        ? ((["none", "lost", "drop", "error"] as const)[random.below(4)] ?? "none")
        : "none";
    const portal = await open(await server.start());
    await train(portal, 1, 10);
    await upload(portal);
    await portal.sink.close(30_000);
    const files = server.checkpoints[0]?.files ?? [];
    expect(files.map(({ name, complete }) => [name, complete])).toEqual([
      ["model.safetensors", true],
      ["config.json", true],
    ]);
    expect(files[0]?.bytes.equals(big)).toBe(true);
  }, 60_000);

  test("that was not uploaded before the trainer ended is uploaded by the next one", async () => {
    const url = await server.start();
    server.trouble = (path) => (path.includes("/files/") ? "error" : "none");
    const portal = await open(url);
    await train(portal, 1, 10);
    await upload(portal);
    await until(() => server.checkpoints.length === 1);
    await portal.sink.close(0);
    server.trouble = () => "none";
    const again = await open(url, { fromStep: 10 });
    await again.sink.close(20_000);
    expect(server.checkpoints[0]?.files.every(({ complete }) => complete)).toBe(true);
  }, 30_000);

  test("that was removed before it was uploaded is named and does not hold up the others", async () => {
    const portal = await open(await server.start());
    portal.sink.checkpoint({
      step: 5,
      tokens: 9,
      directory: join(root, "gone"),
      files: ["model.safetensors"],
      metrics: {},
    });
    await upload(portal);
    await portal.sink.close(20_000);
    expect(notes).toContain("The checkpoint of step 5 was removed before it reached the portal.");
    expect(server.checkpoints.map(({ step }) => step)).toEqual([10]);
  }, 30_000);
});
