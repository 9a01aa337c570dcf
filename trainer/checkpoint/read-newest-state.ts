import { join } from "node:path";
import { TrainerError } from "../trainer-error.ts";
import { checkpointName, listCheckpoints } from "./checkpoint-directory.ts";
import type { CheckpointState } from "./checkpoint-state.ts";
import { readState } from "./read-checkpoint.ts";

/** The state of the newest checkpoint; its tensors are not looked at. */
export async function readNewestState(parent: string): Promise<CheckpointState> {
  const step = (await listCheckpoints(parent)).at(-1);
  if (step === undefined) {
    throw new TrainerError("data", `${parent} holds no checkpoint yet. Wait for the first one.`);
  }
  return readState(join(parent, checkpointName(step)));
}
