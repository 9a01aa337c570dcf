import { expect, test } from "vitest";
import { appRouter } from "../root.ts";

/** And an offer of help, for which nobody needs an account. */
const WAYS_IN_AND_OUT = [
  "members.askReset",
  "members.askSignUp",
  "members.factor.give",
  "members.finishReset",
  "members.finishSignUp",
  "members.github.finish",
  "members.github.open",
  "members.github.start",
  "members.signIn",
  "members.signOut",
  "support.offer",
];

type Declared = { _def: { type: string; meta?: { access?: unknown } } };

test("every procedure declares who may call it, and what anyone may call changes nothing", () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, Declared>,
  );
  expect(procedures.length).toBeGreaterThan(5);
  const undeclared = procedures.filter(([, { _def }]) => _def.meta?.access === undefined);
  expect(undeclared.map(([name]) => name)).toEqual([]);
  const open = procedures.filter(
    ([, { _def }]) => _def.meta?.access === "public" && _def.type !== "query",
  );
  expect(open.map(([name]) => name)).toEqual([]);
  const entries = procedures.filter(([, { _def }]) => _def.meta?.access === "entry");
  expect(entries.map(([name]) => name).sort()).toEqual(WAYS_IN_AND_OUT);
});
