import { expect, test } from "vitest";
import { lastDue } from "./last-due.ts";

test.each([
  ["daily", "2026-11-24T05:59:59Z", "2026-11-23T06:00:00.000Z"],
  ["daily", "2026-11-24T06:00:00Z", "2026-11-24T06:00:00.000Z"],
  ["weekly", "2026-11-23T05:59:59Z", "2026-11-16T06:00:00.000Z"],
  ["weekly", "2026-11-23T06:00:00Z", "2026-11-23T06:00:00.000Z"],
  ["weekly", "2026-11-29T23:00:00Z", "2026-11-23T06:00:00.000Z"],
] as const)("a %s mail at %s was last due at %s", (rhythm, now, due) => {
  expect(lastDue(rhythm, Date.parse(now)).toISOString()).toBe(due);
});
