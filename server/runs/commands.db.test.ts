import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import type { MemberActor } from "../auth/actor.ts";
import { readAfter } from "../live/read-messages.ts";
import { callerFor, createMember } from "../testing/members.ts";
import type { LiveFrame } from "./contract.ts";

let portal: TestPortal;
let token: string;
let engineer: MemberActor;
beforeAll(async () => {
  portal = await testPortal();
  portal.clock.now = Date.now();
  token = await portal.token({ scope: "ingest", label: "test" });
  engineer = await createMember(portal.db, { roles: ["engineer"] });
});
afterAll(() => portal.close());

async function openRun(key: string): Promise<string> {
  const json = { project: "p", name: key, key };
  const { json: run } = await portal.ask("POST", "/api/v1/runs", { token, json });
  const attempt = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, { token, json: attempt });
  return run.id;
}

async function say(id: string, batch: number, event: Record<string, unknown>) {
  portal.clock.now = Math.max(Date.now(), portal.clock.now + 1);
  const events = [{ kind: "command", step: batch, message: "Done.", ...event }];
  const json = { attempt: 1, batch, events };
  const answer = await portal.ask("POST", `/api/v1/runs/${id}/log`, { token, json });
  expect(answer.status).toBe(200);
  return answer.json;
}

test("an engineer's command is public with its reason and name, recorded as a decision, and answered by the trainer's event", async () => {
  const id = await openRun("rate");
  const { runs } = callerFor(portal, engineer);
  const command = {
    kind: "rate" as const,
    reason: "The loss swings.",
    payload: { factor: 0.5 },
  };
  const sent = await runs.sendCommand({ runId: id, command });
  expect(await runs.sendCommand({ runId: id, command })).toEqual(sent);
  const anyone = callerFor(portal, null).runs;
  const pending = (await anyone.commands({ runId: id })).commands;
  expect(pending).toMatchObject([
    { id: sent.id, ...command, by: engineer.name, acknowledgedAt: null, answer: null },
  ]);
  const decisions = await portal.db.decision.findMany({ where: { subjectId: id } });
  expect(decisions).toMatchObject([
    {
      kind: "run.command",
      actorId: engineer.memberId,
      reason: command.reason,
      data: { command: sent.id, kind: "rate", payload: { factor: 0.5 } },
    },
  ]);

  const answer = await say(id, 1, {
    kind: "rate",
    message: "Halved.",
    commandId: sent.id,
    data: { before: 1, command: "a trainer's own words" },
  });
  expect(answer).toMatchObject({ commands: [], warnings: [] });
  const [event] = (await anyone.events({ runId: id, kinds: ["rate"] })).events;
  const told = { kind: "rate", reason: command.reason, payload: { factor: 0.5 } };
  expect(event).toMatchObject({
    source: "trainer",
    message: "Halved.",
    data: { before: 1, commandId: sent.id, command: { ...told, by: engineer.name } },
  });
  const [obeyed] = (await anyone.commands({ runId: id })).commands;
  expect(obeyed).toMatchObject({
    acknowledgedAt: portal.clock.now,
    answer: { eventId: event?.id, message: "Halved.", refused: false },
  });
  const frames = await readAfter(portal.pool, { runId: id, after: 1, limit: 9 });
  const frame: LiveFrame = JSON.parse(/data: (.*)\n/.exec(`${frames[0]?.bytes}`)?.[1] ?? "");
  expect(frame.events[0]?.data?.["command"]).toMatchObject({ by: engineer.name });
});

test("in the rows stands the member, not the name: who is renamed is so in old events", async () => {
  const id = await openRun("renamed");
  const gone = await createMember(portal.db, { roles: ["engineer"] });
  const command = { kind: "checkpoint" as const, reason: "For a look." };
  const sent = await callerFor(portal, gone).runs.sendCommand({ runId: id, command });
  await say(id, 1, { commandId: sent.id });
  await portal.db.member.update({ where: { id: gone.memberId }, data: { name: "deleted-1" } });
  const { events } = await callerFor(portal, null).runs.events({ runId: id, kinds: ["command"] });
  expect(events[0]?.data?.["command"]).toMatchObject({ by: "deleted-1" });
  const rows = await portal.pool.query(`select data::text as text from "RunEvent"`);
  expect(rows.rows.filter(({ text }) => text?.includes(gone.name))).toEqual([]);
});

test("an identifier that is no command of this run acknowledges nothing, and the trainer is told", async () => {
  const id = await openRun("own");
  const other = await openRun("other");
  const { runs } = callerFor(portal, engineer);
  const command = { kind: "pause" as const, reason: "Look at the data." };
  const foreign = await runs.sendCommand({ runId: other, command });
  const forged = { command: { kind: "stop", by: { memberId: engineer.memberId } } };
  const answer = await say(id, 1, { commandId: foreign.id, data: { ...forged, note: 1 } });
  expect(answer.warnings).toEqual([expect.stringContaining(`${foreign.id} is no command`)]);
  expect((await runs.commands({ runId: other })).commands[0]?.acknowledgedAt).toBe(null);
  expect(await runs.read({ id })).toMatchObject({ paused: false });
  const [event] = (await runs.events({ runId: id, kinds: ["command"] })).events;
  expect(event?.data).toEqual({ note: 1 });
});

test("commands are for engineers, need a reason, and a run that listens", async () => {
  const id = await openRun("refused");
  const command = { kind: "stop" as const, reason: "Enough." };
  const member = callerFor(portal, await createMember(portal.db)).runs;
  await expect(member.sendCommand({ runId: id, command })).rejects.toThrow("engineer");
  const { runs } = callerFor(portal, engineer);
  await expect(
    runs.sendCommand({ runId: id, command: { ...command, reason: " " } }),
  ).rejects.toThrow();
  await expect(runs.sendCommand({ runId: "run_none", command })).rejects.toThrow("no run");
  const end = { status: "finished" };
  await portal.ask("POST", `/api/v1/runs/${id}/finish`, { token, json: end });
  await expect(runs.sendCommand({ runId: id, command })).rejects.toThrow("no trainer listens");
});

test("of the same command sent by many at once one is left", async () => {
  const id = await openRun("race");
  const { runs } = callerFor(portal, engineer);
  const command = { kind: "pause" as const, reason: "Look at the data." };
  const sent = await Promise.all(
    Array.from({ length: 8 }, () => runs.sendCommand({ runId: id, command })),
  );
  expect(new Set(sent.map((one) => one.id)).size).toBe(1);
  expect(await portal.db.decision.count({ where: { subjectId: id } })).toBe(1);
});
