import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import type { SendCommand } from "../run-log/contract.ts";
import { callerFor, createMember } from "../testing/members.ts";
import type { FoundEvent, RunEvent } from "./contract.ts";

// An engineer, the portal and the real trainer, a process of its own.
let portal: TestPortal;
let folder: string;
let trainer: ChildProcess;
let ended: Promise<unknown>;
let said = "";
let name: string;
let engineer: ReturnType<typeof callerFor>;

beforeAll(async () => {
  portal = await testPortal();
  Object.defineProperty(portal.clock, "now", { get: () => Date.now() });
  const member = await createMember(portal.db, { roles: ["engineer"] });
  name = member.name;
  engineer = callerFor(portal, member);
  const token = await portal.token({ scope: "ingest", label: "test" });
  folder = mkdtempSync(join(tmpdir(), "cpm-live-control-"));
  const main = join(import.meta.dirname, "../../trainer/main.ts");
  const where = ["--out", join(folder, "run"), "--portal", portal.origin, "--token", token];
  trainer = spawn(
    process.execPath,
    [main, "train", "--recipe", "tiny", "--steps", "50000", ...where],
    { env: { NODE_ENV: "test", DATA_DIR: folder, PATH: "" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  ended = once(trainer, "close");
  for (const stream of [trainer.stdout, trainer.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
});
afterAll(async () => {
  trainer.kill("SIGKILL");
  await ended;
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

async function until<T>(look: () => Promise<T | null | undefined>): Promise<T> {
  let found: T | null | undefined;
  await vi.waitFor(
    async () => {
      found = await look();
      expect(found, said.slice(-1_000)).toBeTruthy();
    },
    { timeout: 200_000, interval: 200 },
  );
  return found as T;
}

async function findRun() {
  const { runs } = await engineer.runs.list({});
  return runs[0];
}

/** Sends a command and waits for the event with which the trainer answers it. */
async function command(runId: string, wish: SendCommand): Promise<FoundEvent> {
  const sent = await engineer.runs.sendCommand({ runId, command: wish });
  const answer = await until(async () => {
    const { commands } = await engineer.runs.commands({ runId });
    return commands.find(({ id }) => id === sent.id)?.answer;
  });
  return await callerFor(portal, null).runs.event({ id: answer.eventId });
}

/** A step whose checkpoint the recipe never removes, however long a busy machine lets the pause wait. */
const KEPT_STEP = 20;

test("an engineer pauses, steers and rolls back a real training in public, and stops it", async () => {
  const run = await until(async () => {
    const found = await findRun();
    return found !== undefined && found.step > KEPT_STEP + 1 ? found : null;
  });
  const runId = run.id;
  const read = () => engineer.runs.read({ id: runId });
  const by = { reason: "The loss looks odd.", by: name };

  const paused = await command(runId, { kind: "pause", reason: by.reason });
  expect(paused).toMatchObject({
    kind: "command",
    source: "trainer",
    data: { command: { kind: "pause", payload: null, ...by } },
  });
  await until(async () => (await read()).status === "paused");
  const stoodAt = (await read()).step;
  const slower = await command(runId, { kind: "rate", payload: { factor: 0.5 }, ...by });
  expect(slower).toMatchObject({
    kind: "rate",
    step: stoodAt,
    data: { factor: 0.5, command: { kind: "rate", payload: { factor: 0.5 } } },
  });
  const wrong = await command(runId, { kind: "rollback", payload: { checkpoint: 3 }, ...by });
  expect(wrong).toMatchObject({ kind: "command", attempt: 1, data: { refused: true } });

  const back = await command(runId, {
    kind: "rollback",
    payload: { checkpoint: KEPT_STEP },
    ...by,
  });
  expect(back).toMatchObject({
    attempt: 2,
    step: KEPT_STEP,
    data: {
      to: KEPT_STEP,
      command: { kind: "rollback", payload: { checkpoint: KEPT_STEP }, ...by },
    },
  });
  await command(runId, { kind: "resume", reason: "Go on." });
  await until(async () => (await read()).step > KEPT_STEP + 2);
  const now = await read();
  expect(now).toMatchObject({ attempt: 2, paused: false });
  expect(now.attempts.map(({ number, fromStep }) => [number, fromStep])).toEqual([
    [1, 0],
    [2, KEPT_STEP],
  ]);
  const { events } = await engineer.runs.events({ runId, kinds: ["rollback"] });
  expect(events.map(({ step, attempt }: RunEvent) => [step, attempt])).toEqual([[KEPT_STEP, 2]]);

  await command(runId, { kind: "stop", reason: "Enough." });
  await ended;
  expect((await read()).status).toBe("stopped");
  expect(await portal.db.decision.count({ where: { kind: "run.command" } })).toBe(6);
}, 240_000);
