import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { defineQueue, enqueue } from "./jobs.ts";
import { defineWorker, runJobs } from "./run-jobs.ts";

const greetings = defineQueue({
  name: "test/greet",
  schema: z.object({ name: z.string() }),
  retryDelay: 0,
});
const sweeps = defineQueue({ name: "test/sweep", schema: z.object({}), policy: "short" });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.close();
});

async function waiting(name: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    "select count(*) from pgboss.job where name = $1 and state = 'created'",
    [name],
  );
  return rows[0]?.count ?? 0;
}

describe("a queue", () => {
  it("keeps a job exactly when the transaction that added it commits", async () => {
    const { db } = database;
    await expect(
      db.$transaction(async (tx) => {
        await enqueue(tx, greetings, { data: { name: "nobody" } });
        throw new Error("aborted on purpose");
      }),
    ).rejects.toThrow("aborted on purpose");
    expect(await waiting("test/greet")).toBe(0);
    await db.$transaction((tx) => enqueue(tx, greetings, { data: { name: "Ada" } }));
    expect(await waiting("test/greet")).toBe(1);
  });

  it("refuses data that does not fit it", async () => {
    await expect(
      enqueue(database.db, greetings, { data: { name: 7 } as unknown as { name: string } }),
    ).rejects.toThrow();
  });

  it("of policy short holds one waiting job for each key", async () => {
    const add = (key: string) => enqueue(database.db, sweeps, { data: {}, key });
    expect(await add("a")).not.toBeNull();
    expect(await add("a")).toBeNull();
    expect(await add("b")).not.toBeNull();
    expect(await waiting("test/sweep")).toBe(2);
  });

  it("is worked off, and a job that failed is tried again", async () => {
    const seen: string[] = [];
    let finish: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await runJobs([
      defineWorker({
        queue: greetings,
        handle: async ({ name }) => {
          seen.push(name);
          if (seen.length === 1) {
            throw new Error("not yet");
          }
          finish();
        },
      }),
    ]);
    await done;
    expect(seen).toEqual(["Ada", "Ada"]);
  });
});
