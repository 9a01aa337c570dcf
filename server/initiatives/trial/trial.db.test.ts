import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../../api/test-portal.ts";
import type { MemberActor } from "../../auth/actor.ts";
import { callerFor, createMember } from "../../testing/members.ts";
import { weeklyInitiatives } from "../lists/weekly-initiatives.ts";
import { advanceTrials } from "./advance-trials.ts";

// From an approved initiative to its end, over the API that trainers speak: the trainer is this file.

let portal: TestPortal;
let token: string;
let engineer: MemberActor;
let author: MemberActor;
let voter: MemberActor;
const rules = { commentDays: 0, weeklyGpuHours: 100 };
const WINDOW = 400;
beforeAll(async () => {
  portal = await testPortal();
  portal.clock.now = Date.now();
  token = await portal.token({ scope: "ingest", label: "test" });
  engineer = await createMember(portal.db, { roles: ["engineer"] });
  author = await createMember(portal.db, { roles: ["engineer"] });
  voter = await createMember(portal.db);
});
afterAll(() => portal.close());

type Training = { runId: string; attempt: number; batch: number; step: number };

async function startRun(key: string): Promise<Training> {
  const { json: run } = await portal.ask("POST", "/api/v1/runs", {
    token,
    json: { project: "p", name: key, key },
  });
  const json = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, { token, json });
  return { runId: run.id, attempt: 1, batch: 0, step: 0 };
}

type Logged = { steps: number; jump?: number; events?: object[] };

/** Logs steps of a falling loss that lies `jump` higher than its line. */
async function train(run: Training, { steps, jump = 0, events = [] }: Logged) {
  const rows = Array.from({ length: steps }, (_, index) => run.step + index);
  const noise = (step: number) => 0.02 * Math.sin(step * 12.9898) * Math.cos(step * 78.233);
  run.batch += 1;
  run.step += steps;
  const json = {
    ...{ attempt: run.attempt, batch: run.batch, events },
    steps: rows,
    times: rows.map((step) => portal.clock.now - 1e6 + step),
    series: { loss: rows.map((step) => 3 - 1e-5 * step + jump + noise(step)) },
  };
  const answer = await portal.ask("POST", `/api/v1/runs/${run.runId}/log`, { token, json });
  expect(answer.status).toBe(200);
  return answer.json.commands as { id: string; kind: string; payload: object }[];
}

async function approved(title: string): Promise<number> {
  const now = new Date();
  const { id } = await portal.db.initiative.create({
    data: {
      ...{ authorId: author.memberId, category: "methods", title, state: "approved" },
      ...{ openedAt: now, gpuHours: 4 },
      versions: { create: { number: 1, title, text: {}, editorId: author.memberId } },
      votes: { create: { memberId: voter.memberId, version: 1 } },
    },
    select: { id: true },
  });
  return id;
}

const request = (id: number, runId: string) => ({
  ...{ id, runId, window: WINDOW, stableSteps: 100 },
  patch: [{ op: "replace" as const, path: "/rate" as const, value: 0.5 }],
  bounds: [{ metric: "loss", better: "lower" as const, accept: -0.02, abort: 0.02 }],
});

const advance = () => advanceTrials({ db: portal.db, pool: portal.pool, rules }, Date.now());
const stateOf = async (id: number) =>
  (await portal.db.initiative.findUniqueOrThrow({ where: { id } })).state;

async function begin(key: string): Promise<{ id: number; run: Training }> {
  const run = await startRun(key);
  const id = await approved(`Half the rate: ${key}`);
  await train(run, { steps: WINDOW });
  const { initiatives } = callerFor(portal, engineer);
  await initiatives.sealTrial(request(id, run.runId));
  await initiatives.startTrial({ id });
  await advance();
  expect(await stateOf(id)).toBe("approved");
  const [command] = await train(run, { steps: 1 });
  expect(command).toMatchObject({ kind: "rate", payload: { factor: 0.5 } });
  const told = { kind: "rate", step: run.step, message: "Halved.", commandId: command?.id };
  await train(run, { steps: 1, events: [told] });
  await advance();
  expect(await stateOf(id)).toBe("trial");
  return { id, run };
}

test("a change that does what it promised is kept, settles, and is in the next checkpoint; its voters are told", async () => {
  const { id, run } = await begin("good");
  const { initiatives } = callerFor(portal, engineer);
  const keep = { id, keep: true, reason: "All bounds are met." };
  await expect(initiatives.decideTrial(keep)).rejects.toThrow("no verdict");
  await train(run, { steps: WINDOW, jump: -0.05 });
  await advance();
  const [trial] = (await initiatives.trials({ id })).trials;
  expect(trial?.verdict).toMatchObject({ proposal: "keep", confounders: [] });
  expect(trial?.verdict?.findings[0]?.change).toBeCloseTo(-0.05, 1);
  await initiatives.decideTrial(keep);
  expect(await stateOf(id)).toBe("provisional");
  await advance();
  expect(await stateOf(id)).toBe("provisional");
  await train(run, { steps: 150, jump: -0.05 });
  await advance();
  expect(await stateOf(id)).toBe("stable");
  await portal.db.checkpoint.create({
    data: {
      ...{ id: "ckpt_good", runId: run.runId, attempt: 1, step: run.step, metrics: {} },
      completedAt: new Date(),
    },
  });
  await advance();
  expect(await stateOf(id)).toBe("released");
  const inside = async (step: number) =>
    (await initiatives.containedIn({ runId: run.runId, step })).initiatives;
  expect(await inside(WINDOW)).toEqual([]);
  expect(await inside(run.step)).toMatchObject([
    { id, state: "released", author: { id: author.memberId }, assignees: [] },
  ]);
  const shipped = await weeklyInitiatives(portal.db, { since: new Date(0), news: "ended" });
  expect(shipped).toEqual([{ title: "Half the rate: good", path: `/initiatives/${id}` }]);
  const told = await portal.db.notification.findMany({
    where: { memberId: voter.memberId, subjectId: String(id) },
    orderBy: { id: "asc" },
  });
  expect(told.map(({ kind }) => kind)).toEqual([
    "initiative-trial",
    "initiative-decided",
    "initiative-decided",
    "initiative-shipped",
  ]);
});

test("a change that harms is rolled back when the trainer has obeyed, and overruling needs its reason", async () => {
  const { id, run } = await begin("bad");
  const { initiatives } = callerFor(portal, engineer);
  await train(run, { steps: WINDOW, jump: 0.06 });
  await advance();
  const [trial] = (await initiatives.trials({ id })).trials;
  expect(trial?.verdict).toMatchObject({
    proposal: "roll-back",
    findings: [{ metric: "loss", outcome: "broken" }],
  });
  const keep = { id, keep: true, reason: "I like it." };
  await expect(initiatives.decideTrial(keep)).rejects.toThrow("against the computed verdict");
  await initiatives.decideTrial({ id, keep: false, reason: "The loss rose beyond the bound." });
  expect(await stateOf(id)).toBe("trial");
  const [back] = await train(run, { steps: 1, jump: 0.06 });
  expect(back).toMatchObject({ kind: "rate", payload: { factor: 1 } });
  const told = { kind: "rate", step: run.step, message: "Back.", commandId: back?.id };
  await train(run, { steps: 1, events: [told] });
  await advance();
  expect(await stateOf(id)).toBe("rolled-back");
  const inside = async (step: number) =>
    (await initiatives.containedIn({ runId: run.runId, step })).initiatives.map((one) => one.id);
  expect([await inside(told.step), await inside(told.step + 1)]).toEqual([[id], []]);
  const [ended] = (await initiatives.trials({ id })).trials;
  expect(ended).toMatchObject({
    state: "rolled-back",
    endReason: "The loss rose beyond the bound.",
  });
});

/** The trainer is killed and goes on from a checkpoint. */
async function restart(run: Training, fromStep: number): Promise<void> {
  const json = { fromStep, reason: "killed" };
  const { json: opened } = await portal.ask("POST", `/api/v1/runs/${run.runId}/attempts`, {
    ...{ token, json },
  });
  Object.assign(run, { attempt: opened.attempt, batch: 0, step: fromStep + 1 });
}

test("a change that a restart has forgotten is sent again, and measured along the attempts that led there", async () => {
  const { id, run } = await begin("forgetful");
  await train(run, { steps: 100, jump: -0.05 });
  await restart(run, WINDOW - 50);
  await advance();
  const [again] = await train(run, { steps: 10 });
  expect(again).toMatchObject({ kind: "rate", payload: { factor: 0.5 } });
  await advance();
  const told = { kind: "rate", step: run.step, message: "Halved again.", commandId: again?.id };
  expect(await train(run, { steps: 1, events: [told] })).toEqual([]);
  await train(run, { steps: WINDOW, jump: -0.05 });
  await advance();
  const [trial] = (await callerFor(portal, engineer).initiatives.trials({ id })).trials;
  expect(trial?.verdict).toMatchObject({ proposal: "keep", early: false });
  expect(trial?.verdict?.findings[0]?.change).toBeCloseTo(-0.05, 1);
});

test("what surely breaks its bound is found before the window's end, and a good change is not", async () => {
  const look = async (key: string, jump: number) => {
    const { id, run } = await begin(key);
    await train(run, { steps: WINDOW / 2, jump });
    await advance();
    const [trial] = (await callerFor(portal, engineer).initiatives.trials({ id })).trials;
    return trial?.verdict ?? null;
  };
  expect(await look("harm", 0.2)).toMatchObject({ proposal: "roll-back", early: true });
  expect(await look("help", -0.2)).toBeNull();
});

test("what is kept does not settle when it has left its bounds", async () => {
  const { id, run } = await begin("drift");
  const { initiatives } = callerFor(portal, engineer);
  await train(run, { steps: WINDOW, jump: -0.05 });
  await advance();
  await initiatives.decideTrial({ id, keep: true, reason: "All bounds are met." });
  await train(run, { steps: WINDOW, jump: 0.2 });
  await advance();
  expect(await stateOf(id)).toBe("provisional");
  const [trial] = (await initiatives.trials({ id })).trials;
  expect(trial?.verdict).toMatchObject({ proposal: "roll-back" });
});

test("an initiative that was put off is not started by a request that was sealed before", async () => {
  const run = await startRun("late");
  const id = await approved("Put off after sealing");
  const { initiatives } = callerFor(portal, engineer);
  await initiatives.sealTrial(request(id, run.runId));
  await initiatives.defer({ id, reason: "For the next generation." });
  await expect(initiatives.startTrial({ id })).rejects.toThrow("moved on");
  expect(await portal.db.runCommand.count({ where: { runId: run.runId } })).toBe(0);
});

test("only an engineer who is not the author seals a trial, once, and on a run that listens", async () => {
  const run = await startRun("rules");
  const id = await approved("Rules of a trial");
  const asked = request(id, run.runId);
  await expect(callerFor(portal, voter).initiatives.sealTrial(asked)).rejects.toThrow("engineer");
  await expect(callerFor(portal, author).initiatives.sealTrial(asked)).rejects.toThrow(
    "own proposal",
  );
  const { initiatives } = callerFor(portal, engineer);
  await expect(initiatives.sealTrial({ ...asked, runId: "run_none" })).rejects.toThrow(
    "take commands",
  );
  await initiatives.sealTrial(asked);
  await expect(initiatives.sealTrial(asked)).rejects.toThrow("Another trial");
  const [trial] = (await initiatives.trials({ id })).trials;
  expect(trial?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test("what the trainer refuses leaves the initiative approved, and another request can be sealed", async () => {
  const run = await startRun("refused");
  const id = await approved("Refused by the trainer");
  const { initiatives } = callerFor(portal, engineer);
  await initiatives.sealTrial(request(id, run.runId));
  await initiatives.startTrial({ id });
  const [command] = await train(run, { steps: 10 });
  const refused = { message: "No such control.", data: { refused: true }, commandId: command?.id };
  await train(run, { steps: 1, events: [{ kind: "command", step: run.step, ...refused }] });
  await advance();
  expect(await stateOf(id)).toBe("approved");
  await initiatives.sealTrial(request(id, run.runId));
});
