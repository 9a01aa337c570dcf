import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeCheckpoint } from "../checkpoint/write-checkpoint.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import { type Heard, trainTiny as train, type Wishes } from "./train-tiny.ts";

let root = "";
/** How checkpoints are written; a test puts a full disk here. */
let write = writeCheckpoint;
/** What a test changes of the recipe. */
let change = (config: RunConfig): RunConfig => config;
beforeEach(async () => {
  write = writeCheckpoint;
  change = (config) => config;
  root = await mkdtemp(join(tmpdir(), "run-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

function trainTiny(name: string, steps: number, wishes?: Wishes): ReturnType<typeof train> {
  return train({ root, name, steps, wishes, change, write });
}

test("20 steps are, number for number, 10 steps and 10 more after a restart", async () => {
  const whole = await trainTiny("whole", 20);
  const first = await trainTiny("parts", 20, (step, controls) => {
    if (step === 10) {
      controls.interrupt("SIGTERM");
    }
  });
  const second = await trainTiny("parts", 20);
  expect([first.ending, second.ending, second.from]).toEqual(["interrupted", "finished", 10]);
  expect(new Map([...first.losses, ...second.losses])).toEqual(whole.losses);
});

test("a signal between checkpoints writes one at the step where it came", async () => {
  const whole = await trainTiny("whole", 16);
  const first = await trainTiny("parts", 16, (step, controls) => {
    if (step === 7) {
      controls.interrupt("SIGINT");
    }
  });
  const second = await trainTiny("parts", 16);
  expect([...first.losses.keys()].at(-1)).toBe(7);
  expect(second.from).toBe(7);
  expect(new Map([...first.losses, ...second.losses])).toEqual(whole.losses);
});

test("commands are carried out before the next step, once, and acknowledged by their id", async () => {
  const paused: number[] = [];
  const run = await trainTiny("commands", 12, (step, controls) => {
    if (step === 3) {
      controls.receive({ id: "p1", kind: "pause", reason: "Look at the data.", payload: null });
      controls.receive({ id: "p1", kind: "pause", reason: "Look at the data.", payload: null });
      setTimeout(() => {
        paused.push(step);
        controls.receive({ id: "r1", kind: "resume", reason: "All is well.", payload: null });
      }, 30);
    }
    if (step === 5) {
      controls.receive({ id: "c1", kind: "checkpoint", reason: "For a look.", payload: null });
    }
    if (step === 8) {
      controls.receive({ id: "s1", kind: "stop", reason: "Enough.", payload: null });
    }
  });
  const acknowledged = run.events
    .filter(({ kind }) => kind === "command")
    .map(({ commandId, step }) => [commandId, step]);
  expect(acknowledged).toEqual([
    ["p1", 3],
    ["r1", 3],
    ["c1", 5],
    ["s1", 8],
  ]);
  expect(run.ending).toBe("stopped");
  expect([...run.losses.keys()].at(-1)).toBe(8);
  expect(run.checkpoints).toEqual([5, 8]);
  expect(paused).toEqual([3]);
});

test("stages are announced where they begin", async () => {
  const { events } = await trainTiny("stages", 20);
  expect(events.filter(({ kind }) => kind === "stage").map(({ step }) => step)).toEqual([0, 12]);
});

test("a learning-rate factor and data weights hold from the next step on, outlive a restart, and can be taken back", async () => {
  const plain = await trainTiny("plain", 16);
  const steer: Wishes = (step, controls) => {
    const reason = "To see what it does.";
    if (step === 3) {
      const payload = { factor: 0.5 };
      controls.receive({ id: "f1", kind: "rate", reason, payload });
    }
    if (step === 4) {
      const payload = { weights: { english: 1 } };
      controls.receive({ id: "w1", kind: "weights", reason, payload });
    }
    if (step === 12) {
      controls.receive({ id: "f2", kind: "rate", reason, payload: { factor: 1 } });
      controls.receive({ id: "w2", kind: "weights", reason, payload: { weights: {} } });
    }
  };
  const whole = await trainTiny("steered", 16, steer);
  const rate = (run: Heard, step: number): number => (run.losses.get(step) as { lr: number }).lr;
  expect(rate(whole, 3)).toBe(rate(plain, 3));
  expect(rate(whole, 4)).toBeCloseTo(rate(plain, 4) / 2, 12);
  expect(rate(whole, 12)).toBeCloseTo(rate(plain, 12) / 2, 12);
  expect(rate(whole, 13)).toBe(rate(plain, 13));
  expect(
    whole.events
      .filter(({ commandId }) => commandId !== undefined)
      .map(({ commandId, kind, step }) => [commandId, kind, step]),
  ).toEqual([
    ["f1", "rate", 3],
    ["w1", "data", 4],
    ["f2", "rate", 12],
    ["w2", "data", 12],
  ]);
  const parts: Wishes = (step, controls) => {
    steer(step, controls);
    if (step === 8) {
      controls.interrupt("SIGTERM");
    }
  };
  const first = await trainTiny("parts", 16, parts);
  const second = await trainTiny("parts", 16, steer);
  expect(new Map([...first.losses, ...second.losses])).toEqual(whole.losses);
});

test("a command that cannot be carried out is acknowledged with the reason, and changes nothing", async () => {
  const plain = await trainTiny("plain", 8);
  const run = await trainTiny("refused", 8, (step, controls) => {
    if (step === 3) {
      const reason = "Mistaken.";
      const payload = { weights: { klingon: 1 } };
      controls.receive({ id: "w", kind: "weights", reason, payload });
      controls.receive({ id: "f", kind: "rate", reason, payload: { factor: -1 } });
      controls.receive({ id: "b", kind: "rollback", reason, payload: { checkpoint: 99 } });
    }
  });
  const refused = run.events.filter(({ commandId }) => commandId !== undefined);
  expect(refused.map(({ commandId, data }) => [commandId, data?.["refused"]])).toEqual([
    ["w", true],
    ["f", true],
    ["b", true],
  ]);
  expect(refused[0]?.message).toContain("chinese, english");
  expect(run.losses).toEqual(plain.losses);
});

test("a roll-back goes to the checkpoint's very state in a new attempt, and no restart takes up what was given up", async () => {
  const plain = await trainTiny("plain", 24);
  const back: Wishes = (step, controls) => {
    if (step === 22) {
      const payload = { checkpoint: 10 };
      controls.receive({ id: "b1", kind: "rollback", reason: "The data were wrong.", payload });
    }
  };
  let seen = 0;
  const once: Wishes = (step, controls) => {
    seen += step === 22 ? 1 : 0;
    if (seen === 1) {
      back(step, controls);
    }
    if (step === 14 && seen > 0) {
      controls.interrupt("SIGTERM");
    }
  };
  const first = await trainTiny("rolled", 24, once);
  expect(first.attempts).toEqual([10]);
  expect(first.events.find(({ commandId }) => commandId === "b1")?.step).toBe(10);
  const second = await trainTiny("rolled", 24);
  expect([first.ending, second.from, second.ending]).toEqual(["interrupted", 14, "finished"]);
  expect(new Map([...first.losses, ...second.losses])).toEqual(plain.losses);
});

test("a full disk costs the checkpoint that did not fit, not the training; a run that must end without one says so", async () => {
  const plain = await trainTiny("plain", 20);
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  write = (parent, checkpoint) =>
    checkpoint.state.step === 10 ? Promise.reject(full) : writeCheckpoint(parent, checkpoint);
  const run = await trainTiny("tight", 20);
  expect(run.checkpoints).toEqual([20]);
  expect(run.losses).toEqual(plain.losses);
  expect(run.events.filter(({ kind }) => kind === "note").map(({ step }) => step)).toEqual([10]);
  write = () => Promise.reject(full);
  await expect(trainTiny("never", 4)).rejects.toThrow("has no room");
});

test("a stage with longer rows goes on with the same state, resumes at its border, and is left again by a roll-back", async () => {
  change = (config) => ({
    ...config,
    stages: config.stages.map((stage, i) => (i === 1 ? { ...stage, rows: 2, length: 96 } : stage)),
  });
  const whole = await trainTiny("whole", 20);
  expect(whole.lines.filter((line) => line.startsWith("Rows are"))).toEqual([
    "Rows are 2 × 96 from here on.",
  ]);
  for (const border of [12, 15]) {
    const name = `parts-${border}`;
    const first = await trainTiny(name, 20, (step, controls) => {
      if (step === border) {
        controls.interrupt("SIGTERM");
      }
    });
    const second = await trainTiny(name, 20);
    expect(new Map([...first.losses, ...second.losses])).toEqual(whole.losses);
  }
  let asked = false;
  const rolled = await trainTiny("rolled", 20, (step, controls) => {
    if (step === 14 && !asked) {
      asked = true;
      const payload = { checkpoint: 10 };
      controls.receive({ id: "b", kind: "rollback", reason: "Back.", payload });
    }
  });
  expect(rolled.losses).toEqual(whole.losses);
  // Six trainings, each of two shapes to compile.
}, 120_000);
