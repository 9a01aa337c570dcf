import { expect, test } from "vitest";
import { type ControlChange, changesAt, lineTo } from "./run-line.ts";

const NOW = Number.POSITIVE_INFINITY;
const first = { number: 1, fromStep: 0, keepsControls: false };
const change = (commandId: string, attempt: number, step: number): ControlChange => ({
  ...{ commandId, attempt, step, time: 0, path: "/rate", value: 0.5, before: 1 },
});
const at = (
  line: Parameters<typeof changesAt>[0],
  place: Parameters<typeof changesAt>[1],
): [string, number][] => changesAt(line, place).map(({ commandId, since }) => [commandId, since]);

test("a change counts from the step after the one at which it was obeyed", () => {
  const line = { attempts: [first], changes: [change("a", 1, 100)] };
  expect(at(line, { attempt: 1, step: 100 })).toEqual([]);
  expect(at(line, { attempt: 1, step: 101 })).toEqual([["a", 100]]);
});

test("a restart knows what its checkpoint knew", () => {
  const second = { number: 2, fromStep: 150, keepsControls: false };
  const line = {
    attempts: [first, second],
    changes: [change("early", 1, 100), change("late", 1, 170), change("after", 2, 160)],
  };
  expect(at(line, { attempt: 2, step: NOW })).toEqual([
    ["early", 100],
    ["after", 160],
  ]);
  expect(at(line, { attempt: 1, step: NOW }).map(([id]) => id)).toEqual(["early", "late"]);
});

test("a way back by command keeps what was set, from the step it leads to on", () => {
  const second = { number: 2, fromStep: 50, keepsControls: true };
  const line = { attempts: [first, second], changes: [change("a", 1, 100)] };
  expect(at(line, { attempt: 2, step: NOW })).toEqual([["a", 50]]);
});

test("the line to a place leaves out what was left behind", () => {
  const attempts = [
    first,
    { number: 2, fromStep: 80, keepsControls: false },
    { number: 3, fromStep: 40, keepsControls: false },
    { number: 4, fromStep: 90, keepsControls: false },
  ];
  expect(lineTo(attempts, { attempt: 4, step: 120 })).toEqual([
    { attempt: 1, from: 0, to: 40 },
    { attempt: 3, from: 40, to: 90 },
    { attempt: 4, from: 90, to: 120 },
  ]);
});
