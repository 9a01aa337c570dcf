import { z } from "zod";

/** What every step takes and gives, one JSON object a line. */
export const TextDocument = z.object({
  id: z.union([z.string(), z.number().transform(String)]),
  text: z.string(),
  source: z.string().default("unknown"),
  lang: z.enum(["zh", "en"]).default("zh"),
  /** The same text in the other language, where there is one. */
  translation: z.string().optional(),
});
export type TextDocument = z.infer<typeof TextDocument>;

/** A document that a step did not let through, and the one reason why. */
export type Dropped = { id: string; reason: string };
