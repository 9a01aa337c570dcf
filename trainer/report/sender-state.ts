import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { z } from "zod";

/**
 * How far the sender has come: everything in the journal before `offset` is acknowledged. `attempt` says which of the
 * portal's attempts stands for the trainer's own, and how many batches of it came before. `opening` is the attempt
 * that was asked for without an answer yet, and the portal's newest one at that time.
 */
export const SenderState = z.object({
  portal: z.string(),
  runId: z.string().nullable(),
  generation: z.int(),
  offset: z.int().min(0),
  attempt: z.object({ local: z.int(), remote: z.int(), shift: z.int() }).nullable(),
  opening: z.object({ remoteBefore: z.int() }).nullable(),
});
export type SenderState = z.infer<typeof SenderState>;

/** Null: there is none, or it cannot be read; the journal is then sent again from its start, which repeats nothing. */
export function readSenderState(path: string): SenderState | null {
  try {
    return SenderState.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}

/** The state in memory and on disk, always the same. */
export class SenderStore {
  value: SenderState;
  private readonly path: string;

  constructor(path: string, value: SenderState) {
    this.path = path;
    this.value = value;
  }

  /** Replaces the file in one step. What the portal could not tell us again (`durable`) is synced to the disk first. */
  save(change: Partial<SenderState>, durable: boolean): void {
    this.value = { ...this.value, ...change };
    const temporary = `${this.path}.new`;
    const file = openSync(temporary, "w");
    try {
      writeSync(file, JSON.stringify(this.value));
      if (durable) {
        fsyncSync(file);
      }
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.path);
  }
}
