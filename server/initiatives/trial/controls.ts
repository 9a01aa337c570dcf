import type { Db } from "../../platform/db.ts";
import type { ControlPatch } from "../contract.ts";
import { readRunLine } from "./read-run-line.ts";
import { type ControlChange, changesAt } from "./run-line.ts";

/** What can be changed of a running training: the factor of its learning rate, and weights instead of the stage's mix. */
export type ControlValues = { rate: number; weights: Record<string, number> };

/** As the recipe says. */
const INITIAL: ControlValues = { rate: 1, weights: {} };

/** The controls after these changes, in their order. */
export function sumOf(changes: readonly ControlChange[]): ControlValues {
  const controls = { ...INITIAL };
  for (const { path, value } of changes) {
    if (path === "/rate") {
      controls.rate = Number(value);
    } else {
      controls.weights = value as ControlValues["weights"];
    }
  }
  return controls;
}

/** The run's controls now: its recipe, and every change that the trainer obeyed on the line that led here. */
export async function readControls(db: Db, runId: string): Promise<ControlValues> {
  const line = await readRunLine(db, runId);
  const attempt = line.attempts.at(-1)?.number ?? 0;
  return sumOf(changesAt(line, { attempt, step: Number.POSITIVE_INFINITY }));
}

/** The patch that brings back what this one changes. */
export function undoOf(patch: ControlPatch, { rate, weights }: ControlValues): ControlPatch {
  return patch.map(({ path }) =>
    path === "/rate"
      ? { op: "replace", path, value: rate }
      : { op: "replace", path, value: weights },
  );
}
