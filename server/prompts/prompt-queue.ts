// One model is in memory at a time and answers one request at a time; others wait in a row. Who has gone away meanwhile
// is passed over. A model that nobody asks is put away.
import { AppError } from "../platform/errors.ts";
import type { Prompt, PromptLine } from "./contract.ts";
import type { Writer } from "./open-writer.ts";

const MOST_WAITING = 16;
const IDLE_MS = 60_000;

type Waiting = { prompt: Prompt; tell: (line: PromptLine) => void; gone: AbortSignal };

export type PromptQueue = {
  /** Resolves when the answer has ended. Throws `unavailable` when too many wait. */
  ask(waiting: Waiting): Promise<void>;
  close(): void;
};

export function createPromptQueue(open: (checkpointId: string) => Promise<Writer>): PromptQueue {
  const row: { waiting: Waiting; end: () => void }[] = [];
  let writer: Writer | null = null;
  let busy = false;
  let idle: NodeJS.Timeout | undefined;
  const putAway = () => {
    writer?.close();
    writer = null;
  };
  const answer = async ({ prompt, tell, gone }: Waiting): Promise<void> => {
    try {
      if (writer === null || writer.checkpointId !== prompt.checkpointId) {
        putAway();
        writer = await open(prompt.checkpointId);
      }
      let failed = false;
      await writer.write(prompt, (line) => {
        failed ||= "error" in line;
        if (!gone.aborted) {
          tell(line);
        }
      });
      if (failed) {
        putAway();
      }
    } catch {
      putAway();
      tell({ error: "failed" });
    }
  };
  const work = async (): Promise<void> => {
    if (busy) {
      return;
    }
    busy = true;
    clearTimeout(idle);
    for (let next = row.shift(); next !== undefined; next = row.shift()) {
      row.forEach(({ waiting }, at) => void waiting.tell({ waiting: at + 1 }));
      if (!next.waiting.gone.aborted) {
        await answer(next.waiting);
      }
      next.end();
    }
    busy = false;
    idle = setTimeout(putAway, IDLE_MS);
    idle.unref();
  };
  return {
    ask: async (waiting) => {
      const here = row.filter((one) => !one.waiting.gone.aborted);
      if (here.length >= MOST_WAITING) {
        throw new AppError(
          "unavailable",
          "Many wait for this machine to answer. Try again in a few minutes.",
          { details: { reason: "queue-full", retryAfterSeconds: 120 } },
        );
      }
      await new Promise<void>((end) => {
        row.push({ waiting, end });
        waiting.tell({ waiting: busy ? row.length : 0 });
        void work();
      });
    },
    close: () => {
      clearTimeout(idle);
      putAway();
    },
  };
}
