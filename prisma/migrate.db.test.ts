import { afterAll, beforeAll, expect, test } from "vitest";
import { Prisma } from "../server/platform/prisma-client/client.ts";
import { type TestDatabase, testDatabase } from "../server/testing/database.ts";
import { migrate } from "./migrate.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.close();
});

test("a migrated database has nothing left to apply", async () => {
  expect(await migrate(database.url)).toEqual([]);
});

test("every model of the client has its table and columns", async () => {
  const models = Object.values(Prisma.ModelName);
  expect(models.length).toBeGreaterThan(10);
  for (const name of models) {
    const columns = Prisma[`${name}ScalarFieldEnum`];
    const list = Object.values(columns).map((column) => `"${column}"`);
    await expect(
      database.pool.query(`select ${list.join(", ")} from "${name}" limit 1`),
    ).resolves.toHaveProperty("rowCount", 0);
  }
});

test("an edited migration is refused by name", async () => {
  await database.pool.query(`update "_prisma_migrations" set checksum = 'x'`);
  await expect(migrate(database.url)).rejects.toThrow(/was edited after it ran/);
});
