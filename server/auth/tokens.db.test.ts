import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { authenticateToken } from "./authenticate-token.ts";
import { createToken } from "./create-token.ts";
import { listTokens } from "./list-tokens.ts";
import { revokeToken } from "./revoke-token.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const NOW = Date.UTC(2026, 0, 1);
const authenticate = (secret: string, now = NOW) =>
  authenticateToken(database.pool, { authorization: `Bearer ${secret}`, now });

test("a token is known by its secret, of which the database keeps only the hash", async () => {
  const { id, secret } = await createToken(database.db, {
    scope: "ingest",
    project: "new-project",
  });
  expect(await authenticate(secret)).toEqual({
    tokenId: id,
    scope: "ingest",
    projectId: "new-project",
    runId: null,
    memberId: null,
  });
  const { rows } = await database.pool.query(
    `select row_to_json(t)::text as row from "ApiToken" t`,
  );
  expect(JSON.stringify(rows)).not.toContain(secret.slice(4));
});

test("two tokens never share a secret", async () => {
  const tokens = await Promise.all(
    Array.from({ length: 20 }, () => createToken(database.db, { scope: "control" })),
  );
  expect(new Set(tokens.map((token) => token.secret)).size).toBe(20);
});

test("a token of a run is bound to the run's project as well", async () => {
  await database.db.project.create({ data: { id: "p" } });
  await database.db.run.create({
    data: { id: "run_1", projectId: "p", name: "n", config: {}, planned: {} },
  });
  const { secret } = await createToken(database.db, { scope: "ingest", run: "run_1" });
  expect(await authenticate(secret)).toMatchObject({ projectId: "p", runId: "run_1" });
  await expect(
    createToken(database.db, { scope: "ingest", run: "run_1", project: "q" }),
  ).rejects.toThrow(/Leave --project out/);
  await expect(createToken(database.db, { scope: "ingest", run: "run_0" })).rejects.toThrow(
    /no run run_0/,
  );
});

test("a revoked token is refused from the next request on; revoking again keeps the first time", async () => {
  const { id, secret } = await createToken(database.db, { scope: "ingest", label: "old" });
  await authenticate(secret);
  await revokeToken(database.db, { id, now: NOW });
  await expect(authenticate(secret)).rejects.toThrow(/revoked/);
  await revokeToken(database.db, { id, now: NOW + 1_000 });
  const listed = (await listTokens(database.db)).find((token) => token.id === id);
  expect(listed).toMatchObject({ label: "old", revokedAt: new Date(NOW) });
  await expect(revokeToken(database.db, { id: "tok_none", now: NOW })).rejects.toThrow(
    /no token tok_none/,
  );
});

test("its last use is noted, at most once a minute", async () => {
  const { id, secret } = await createToken(database.db, { scope: "ingest" });
  const lastUsed = async () =>
    (await listTokens(database.db)).find((token) => token.id === id)?.lastUsedAt?.getTime();
  expect(await lastUsed()).toBeUndefined();
  await authenticate(secret);
  await authenticate(secret, NOW + 59_000);
  expect(await lastUsed()).toBe(NOW);
  await authenticate(secret, NOW + 61_000);
  expect(await lastUsed()).toBe(NOW + 61_000);
});

test.each([
  undefined,
  "",
  "Bearer",
  "Bearer ",
  "Basic abc",
  "Bearer a b",
  `Bearer ${"x".repeat(300)}`,
  "cpm_x",
])("the header %j is no token", async (authorization) => {
  await expect(authenticateToken(database.pool, { authorization, now: NOW })).rejects.toMatchObject(
    { code: "unauthorized" },
  );
});
