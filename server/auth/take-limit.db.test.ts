import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool } from "../platform/pool.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { takeLimit } from "./take-limit.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const NOW = Date.UTC(2026, 0, 1);
const from = (address: string) => ({ kind: "visitor", address }) as const;

test("of a hundred simultaneous tries exactly the published number passes", async () => {
  const tries = await Promise.allSettled(
    Array.from({ length: 100 }, () =>
      takeLimit(database.pool, { action: "sign-in", actor: from("192.0.2.1"), now: NOW }),
    ),
  );
  const passed = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value.remaining] : []));
  expect(passed.sort((a, b) => b - a)).toEqual(Array.from({ length: 20 }, (_, i) => 19 - i));
});

test("the wait that is named is exactly long enough", async () => {
  const actor = from("192.0.2.2");
  const take = (now: number) => takeLimit(database.pool, { action: "sign-in", actor, now });
  for (let i = 0; i < 20; i++) {
    await take(NOW);
  }
  const refused = await take(NOW).catch((error) => error);
  expect(refused).toMatchObject({ code: "too_many_requests", details: { retryAfterSeconds: 45 } });
  await expect(take(NOW + 44_000)).rejects.toThrow(/Try again in 1 s/);
  expect(await take(NOW + 45_000)).toMatchObject({ limit: 20, remaining: 0 });
});

test("addresses of one IPv6 network count together, others apart", async () => {
  const remaining = async (address: string) =>
    (await takeLimit(database.pool, { action: "sign-up", actor: from(address), now: NOW }))
      .remaining;
  expect(await remaining("2001:db8:1:2:a::1")).toBe(9);
  expect(await remaining("2001:db8:1:2:b::2")).toBe(8);
  expect(await remaining("2001:db8:1:3::1")).toBe(9);
});

test("when nothing can be counted, signing in is refused and searching is not", async () => {
  const dead = createPool("postgres://nobody@127.0.0.1:1/none");
  const actor = from("192.0.2.3");
  await expect(takeLimit(dead, { action: "sign-in", actor, now: NOW })).rejects.toMatchObject({
    code: "unavailable",
  });
  expect((await takeLimit(dead, { action: "search", actor, now: NOW })).limit).toBe(60);
  await dead.end();
});
