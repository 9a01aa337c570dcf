import { type ChildProcessByStdio, spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import type { Prompt, PromptLine } from "./contract.ts";

/** The trainer's program with one checkpoint loaded. It answers one request after the other. */
export type Writer = {
  checkpointId: string;
  /** Ends with `done` or `error`. */
  write(prompt: Prompt, tell: (line: PromptLine) => void): Promise<void>;
  close(): void;
};

const TRAINER = join(import.meta.dirname, "../../trainer/main.ts");

const Answer = z.object({
  text: z.string().optional(),
  done: z.boolean().optional(),
  whole: z.string().optional(),
  error: z.string().optional(),
});
type Answer = z.infer<typeof Answer>;

export type WriterOptions = {
  checkpointId: string;
  folder: string;
  /** From the request to its last word; the program is ended when it takes longer. */
  timeoutMs: number;
};

export function openWriter({ checkpointId, folder, timeoutMs }: WriterOptions): Writer {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    [TRAINER, "generate", "--checkpoint", folder, "--stream"],
    { stdio: ["pipe", "pipe", "ignore"] },
  );
  if (child.pid !== undefined) {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  }
  const ended = new Promise<void>((done) => {
    child.once("close", () => done());
    child.once("error", () => done());
  });
  // Writing to a program that has ended fails here as well; its end is what counts.
  child.stdin.on("error", () => undefined);
  let hear: (answer: Answer) => void = () => undefined;
  createInterface({ input: child.stdout }).on("line", (line) => hear(readAnswer(line)));
  const answerOf = async (prompt: Prompt, tell: (line: PromptLine) => void): Promise<PromptLine> =>
    await new Promise((finish) => {
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        finish({ error: "timeout" });
      }, timeoutMs);
      void ended.then(() => {
        clearTimeout(timer);
        finish({ error: "failed" });
      });
      hear = ({ text, done, whole, error }) => {
        if (text !== undefined) {
          tell({ text });
        }
        if (done === true || error !== undefined) {
          clearTimeout(timer);
          finish(error === undefined ? { done: true, whole: whole ?? "" } : { error: "failed" });
        }
      };
      const { maxTokens, temperature } = prompt;
      const seed = Math.floor(Math.random() * 2 ** 31);
      child.stdin.write(
        `${JSON.stringify({ id: 1, prompt: prompt.prompt, maxTokens, temperature, topP: 0.9, seed })}\n`,
      );
    });
  return {
    checkpointId,
    write: async (prompt, tell) => {
      const last = await answerOf(prompt, tell);
      hear = () => undefined;
      tell(last);
    },
    close: () => {
      child.kill("SIGKILL");
    },
  };
}

function readAnswer(line: string): Answer {
  try {
    return Answer.parse(JSON.parse(line));
  } catch {
    return {};
  }
}
