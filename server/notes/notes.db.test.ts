import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import type { MemberActor } from "../auth/actor.ts";
import { readAfter } from "../live/read-messages.ts";
import type { RunEvent } from "../runs/contract.ts";
import { callerFor, createMember } from "../testing/members.ts";

const STARTED = Date.UTC(2026, 0, 1);
let portal: TestPortal;
let engineer: MemberActor;
let runId: string;
beforeAll(async () => {
  portal = await testPortal();
  engineer = await createMember(portal.db, { roles: ["engineer"] });
  const token = await portal.token({ scope: "ingest", label: "test" });
  const ask = (path: string, json: unknown) => portal.ask("POST", path, { token, json });
  const { json } = await ask("/api/v1/runs", { project: "p", name: "noted" });
  runId = json.id;
  await ask(`/api/v1/runs/${runId}/attempts`, { fromStep: 0, reason: "first" });
  const steps = [10, 20, 30];
  const times = steps.map((step) => STARTED + step * 1_000);
  const batch = { attempt: 1, batch: 1, steps, times, series: { loss: [3, 2, 1] } };
  await ask(`/api/v1/runs/${runId}/log`, batch);
});
afterAll(() => portal.close());

const notes = () => callerFor(portal, engineer).notes;
const events = async () =>
  (await callerFor(portal, null).runs.events({ runId, kinds: ["note"] })).events;

/** The events of the newest frame of the live stream. */
async function told(): Promise<RunEvent[]> {
  const { seq } = await callerFor(portal, null).runs.read({ id: runId });
  const [frame] = await readAfter(portal.pool, { runId, after: seq - 1, limit: 1 });
  return JSON.parse(/data: (.*)\n/.exec(`${frame?.bytes}`)?.[1] ?? "").events;
}

test("a note stands at its step and that step's time, and every open page hears of it", async () => {
  const markdown = "## Look\n\nThe **data** changed here.";
  const note = await notes().add({ runId, step: 20, markdown });
  expect(note).toMatchObject({
    kind: "note",
    source: "engineer",
    attempt: 1,
    step: 20,
    time: STARTED + 20_000,
    message: "Look",
    data: { markdown, author: engineer.name, revision: 1, edited: false, deleted: false },
  });
  expect(await told()).toEqual([note]);
  expect(await events()).toEqual([note]);
  expect(await callerFor(portal, null).runs.event({ id: note.id })).toEqual({ ...note, runId });
});

test("another engineer's edit keeps the note's place, names its first author, and leaves the old words in the history", async () => {
  const note = await notes().add({ runId, step: 10, markdown: "Warm-up ends." });
  const other = await createMember(portal.db, { roles: ["engineer"] });
  const theirs = callerFor(portal, other).notes;
  const edited = await theirs.edit({ id: note.id, markdown: "Warm-up ended.", revision: 1 });
  expect(edited).toMatchObject({
    id: note.id,
    step: 10,
    message: "Warm-up ended.",
    data: { author: engineer.name, revision: 2, edited: true },
  });
  expect(await told()).toEqual([edited]);
  expect((await events()).filter(({ id }) => id === note.id)).toEqual([edited]);
  await expect(notes().edit({ id: note.id, markdown: "Mine.", revision: 1 })).rejects.toThrow(
    "revision 2",
  );
  const { revisions } = await callerFor(portal, null).notes.history({ id: note.id });
  expect(revisions.map(({ number, markdown, author }) => [number, markdown, author])).toEqual([
    [1, "Warm-up ends.", engineer.name],
    [2, "Warm-up ended.", other.name],
  ]);
});

test("a note that is taken back leaves the curve with its reason; what it said stays in the history", async () => {
  const note = await notes().add({ runId, step: 30, markdown: "Wrong." });
  await notes().remove({ id: note.id, reason: "Meant for another run." });
  expect((await told())[0]).toMatchObject({
    id: note.id,
    data: { deleted: true, markdown: null },
  });
  expect((await events()).some(({ id }) => id === note.id)).toBe(false);
  const { revisions } = await callerFor(portal, null).notes.history({ id: note.id });
  expect(revisions).toMatchObject([
    { markdown: "Wrong.", reason: null },
    { markdown: null, reason: "Meant for another run." },
  ]);
  await expect(notes().edit({ id: note.id, markdown: "Again." })).rejects.toThrow("taken back");
});

test("only engineers write, only notes, and only where the run has been", async () => {
  const member = callerFor(portal, await createMember(portal.db)).notes;
  await expect(member.add({ runId, step: 1, markdown: "Hi." })).rejects.toThrow("engineer");
  await expect(notes().add({ runId, step: 31, markdown: "Soon." })).rejects.toThrow("step 30");
  await expect(notes().add({ runId, step: 1, attempt: 2, markdown: "No." })).rejects.toThrow(
    "no attempt 2",
  );
  await expect(notes().add({ runId: "run_none", step: 1, markdown: "No." })).rejects.toThrow(
    "no run",
  );
  const all = (await callerFor(portal, null).runs.events({ runId })).events;
  const start = all.find(({ kind }) => kind === "start");
  await expect(notes().edit({ id: start?.id ?? "", markdown: "No." })).rejects.toThrow(
    "no such note",
  );
});

test("of edits that come at once on one revision a single one is kept", async () => {
  const note = await notes().add({ runId, step: 20, markdown: "One." });
  const tries = await Promise.allSettled(
    ["a", "b", "c", "d"].map((markdown) => notes().edit({ id: note.id, markdown, revision: 1 })),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const { revisions } = await callerFor(portal, null).notes.history({ id: note.id });
  expect(revisions).toHaveLength(2);
});
