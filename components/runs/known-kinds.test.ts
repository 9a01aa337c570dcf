import { expect, test } from "vitest";
import { AlertKind } from "#server/alerts/contract.ts";
import { NOTE_LENGTH } from "#server/notes/contract.ts";
import { CommandKind } from "#server/run-log/contract.ts";
import { EventKind } from "#server/runs/contract.ts";
import { KNOWN_KINDS, LONGEST_NOTE } from "./known-kinds.ts";

test("what pages know without the schemas is what the schemas say", () => {
  expect(KNOWN_KINDS.events).toEqual(EventKind.options);
  expect(KNOWN_KINDS.alerts).toEqual(AlertKind.options);
  expect(KNOWN_KINDS.commands).toEqual(CommandKind.options);
  expect(LONGEST_NOTE).toBe(NOTE_LENGTH);
});
