import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { BLOCK_USES, createBlockLimit } from "./block-limit.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const NOW = Date.UTC(2026, 0, 1);
const actor = { kind: "visitor", address: "192.0.2.1" } as const;
const LIMIT = 4_000;

async function passedOf(limit: ReturnType<typeof createBlockLimit>, key: string, uses: number) {
  const tries = Array.from({ length: uses }, () => limit.take({ actor, key, now: NOW }));
  const settled = await Promise.allSettled(tries);
  return settled.filter(({ status }) => status === "fulfilled").length;
}

test("two processes together let exactly the published number pass, for a statement a block", async () => {
  let statements = 0;
  const counting = new Proxy(database.pool, {
    get: (pool, name) => {
      statements += name === "query" ? 1 : 0;
      return Reflect.get(pool, name).bind(pool);
    },
  });
  const one = createBlockLimit(counting, "api.report");
  const other = createBlockLimit(counting, "api.report");
  const passed = await Promise.all([passedOf(one, "busy", 3_000), passedOf(other, "busy", 3_000)]);
  expect((passed[0] ?? 0) + (passed[1] ?? 0)).toBe(LIMIT);
  expect(statements).toBeLessThan((2 * LIMIT) / BLOCK_USES + 4 * BLOCK_USES);
});

test("the refusal says how long to wait, and then uses pass again", async () => {
  const limit = createBlockLimit(database.pool, "api.report");
  expect(await passedOf(limit, "waits", LIMIT)).toBe(LIMIT);
  const refused = await limit.take({ actor, key: "waits", now: NOW }).catch((error) => error);
  expect(refused).toMatchObject({ code: "too_many_requests", details: { retryAfterSeconds: 1 } });
  const state = await limit.take({ actor, key: "waits", now: NOW + 1_000 });
  expect(state).toMatchObject({ limit: LIMIT, remaining: 999 });
  expect(await passedOf(limit, "another", 1)).toBe(1);
});
