import { z } from "zod";

/** What a checkpoint may be asked on its page. */
export const Prompt = z.object({
  checkpointId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  prompt: z.string().trim().min(1).max(2_000),
  maxTokens: z.int().min(1).max(200).default(60),
  temperature: z.number().min(0).max(2).default(0.8),
});
export type Prompt = z.infer<typeof Prompt>;

/** A line of the answer: how many wait before, a piece of text, the end, or why there is none. */
export const PromptLine = z.union([
  z.object({ waiting: z.int().min(0) }),
  z.object({ text: z.string() }),
  z.object({ done: z.literal(true), whole: z.string() }),
  z.object({ error: z.enum(["timeout", "failed"]) }),
]);
export type PromptLine = z.infer<typeof PromptLine>;
