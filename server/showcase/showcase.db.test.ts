import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { callerFor, createMember } from "../testing/members.ts";
import { checkLinks } from "./check-links.ts";
import { freezeDueMonths, freezeMonth } from "./freeze-month.ts";
import { monthOf, monthSpan } from "./month.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const TEXT = {
  ...{ title: "Timetable reader", summary: "Reads a station's timetable aloud.", body: "" },
  ...{ stage: "idea", usesId: null, repository: null, demo: null, tags: ["speech"] },
} as const;

async function submitted(text: Partial<Record<keyof typeof TEXT, unknown>> = {}) {
  const author = await createMember(database.db, {});
  const caller = callerFor(database, author);
  const { id } = await caller.showcase.submit({ ...TEXT, ...text } as never);
  return { id, author, caller };
}

const heartFrom = async (id: number) => {
  const giver = await createMember(database.db, {});
  await callerFor(database, giver).showcase.heart({ id, on: true });
};

test("an application keeps its hearts and comments while it moves from idea to finished", async () => {
  const { id, caller } = await submitted();
  await heartFrom(id);
  const { threadId } = await caller.showcase.read({ id });
  const friend = callerFor(database, await createMember(database.db, { trust: 2 }));
  await friend.forum.reply({ threadId: threadId ?? 0, body: "Does it read platforms, too?" });
  await caller.showcase.moveStage({ id, stage: "prototype" });
  await caller.showcase.moveStage({ id, stage: "finished" });
  const read = await caller.showcase.read({ id });
  expect(read).toMatchObject({ stage: "finished", hearts: 1, comments: 1 });
  expect(read.stages.map(({ stage }) => stage)).toEqual(["idea", "prototype", "finished"]);
});

test("a member has one heart, may take it back, and has none for their own work", async () => {
  const { id, caller } = await submitted();
  const giver = callerFor(database, await createMember(database.db, {}));
  await Promise.all([1, 2, 3].map(() => giver.showcase.heart({ id, on: true })));
  expect((await giver.showcase.read({ id })).hearts).toBe(1);
  expect(await giver.showcase.heart({ id, on: false })).toEqual({ hearts: 0, given: false });
  await expect(caller.showcase.heart({ id, on: true })).rejects.toThrow("for others' work");
});

test("an application is found by the site's search until it is withdrawn", async () => {
  const { id, caller } = await submitted({ title: "Quokka translator" });
  const find = async () => (await caller.search.find({ q: "quokka" })).found.map(({ url }) => url);
  expect(await find()).toEqual([`/showcase/${id}`]);
  await caller.showcase.withdraw({ id });
  expect(await find()).toEqual([]);
  await expect(caller.showcase.read({ id })).rejects.toThrow("not in the showcase");
});

test("links are followed to their end, and none is asked for inside a private network", async () => {
  const server = createServer((req, res) => {
    const to = { "/moved": "/here", "/inside": "http://10.0.0.1/" }[req.url ?? ""];
    res.writeHead(to === undefined ? (req.url === "/here" ? 200 : 404) : 302, {
      ...(to === undefined ? {} : { location: to }),
    });
    res.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const alive = await submitted({ repository: `${origin}/moved`, demo: `${origin}/gone` });
    const inside = await submitted({ repository: `${origin}/inside` });
    await checkLinks(database.db, { now: Date.now(), allowLoopback: true });
    const { links, deadLink } = await alive.caller.showcase.read({ id: alive.id });
    expect(links.map(({ kind, state }) => [kind, state])).toEqual([
      ["repository", "alive"],
      ["demo", "dead"],
    ]);
    expect(deadLink).toBe(true);
    const [link] = (await inside.caller.showcase.read({ id: inside.id })).links;
    expect(link?.state).toBe("refused");
  } finally {
    server.close();
  }
});

test("a month is collected by curators' reasons, frozen once, and stays as it was", async () => {
  const month = monthOf(Date.now());
  const { to } = monthSpan(month);
  const { id, author, caller } = await submitted({ title: "Couplet helper" });
  await heartFrom(id);
  const curator = await createMember(database.db, { roles: ["engineer"], twoFactor: true });
  const own = callerFor(database, { ...author, roles: ["engineer"], twoFactor: true });
  const pick = { id, month, reason: "Schools use it each week.", conflict: null };
  await expect(own.showcase.pick(pick)).rejects.toThrow("their own work");
  await callerFor(database, curator).showcase.pick(pick);
  await expect(
    freezeMonth(database.db, { month, actorId: curator.memberId, now: to.getTime() - 1 }),
  ).rejects.toThrow("not over");
  const later = to.getTime() + 49 * 3_600_000;
  expect(await freezeDueMonths(database.db, later)).toEqual([month]);
  expect(await freezeDueMonths(database.db, later)).toEqual([]);
  await caller.showcase.moveStage({ id, stage: "code" });
  const frozen = await caller.showcase.collection({ month });
  expect(frozen.picks).toMatchObject([{ place: 1, hearts: 1, stage: "idea", conflict: null }]);
  await expect(callerFor(database, curator).showcase.pick(pick)).rejects.toThrow("frozen");
  await expect(
    database.db.showcasePick.updateMany({ where: { month }, data: { reason: "Another." } }),
  ).rejects.toThrow("frozen");
});

test("every order, stage and tag answers, and a young month is drawn by lot", async () => {
  const { id } = await submitted({ title: "Only one", tags: ["unique"] });
  const visitor = callerFor(database, null);
  for (const order of ["month", "hearts", "newest"] as const) {
    const { items } = await visitor.showcase.list({ order, tag: "unique", stage: "idea" });
    expect(items.map((item) => item.id)).toEqual([id]);
  }
});
