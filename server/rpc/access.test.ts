import { expect, test } from "vitest";
import { appRouter } from "../root.ts";

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
});
