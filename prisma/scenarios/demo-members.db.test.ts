import { afterAll, beforeAll, expect, test } from "vitest";
import { signIn } from "#server/members/sign-in.ts";
import { type TestDatabase, testDatabase } from "#server/testing/database.ts";
import { seedDemoMembers } from "./demo-members.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test("demo accounts are called what they are, have roles by decision and passwords of their own", async () => {
  const told = await seedDemoMembers(database);
  const accounts = [...told.matchAll(/^ {2}(\S+) {3}(\S+)/gm)];
  expect(accounts.length).toBeGreaterThan(5);
  expect(new Set(accounts.map(([, , password]) => password)).size).toBe(accounts.length);
  const [, email = "", password = ""] = accounts[0] ?? [];
  const entering = { email, password, userAgent: "", now: Date.now() };
  await signIn(database, { ...entering, actor: { kind: "visitor", address: "::1" } });
  const names = await database.db.member.findMany({ select: { name: true } });
  expect(names.filter(({ name }) => !name.startsWith("demo-"))).toEqual([]);
  const roles = await database.db.memberRole.count();
  expect(await database.db.decision.count({ where: { kind: "member.grant" } })).toBe(roles);
  expect(await seedDemoMembers(database)).toMatch(/there already/);
});
