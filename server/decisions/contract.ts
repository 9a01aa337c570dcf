import { z } from "zod";

/** What stands before the first decision. */
export const CHAIN_START = "0".repeat(64);

/** One row of the public log, as it is hashed, and its hash. */
export const ChainedDecision = z.object({
  /** 1, 2, 3 …, without holes. */
  number: z.int(),
  previousHash: z.string(),
  /** `area.verb`: member.grant, release.yank … */
  kind: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  /** The deciding member's identifier; null when the portal decided by a published rule. */
  actorId: z.string().nullable(),
  reason: z.string(),
  data: z.record(z.string(), z.unknown()),
  /** ISO 8601 with milliseconds, UTC. */
  at: z.string(),
  /** SHA-256 of `hashedText`, in hexadecimal. */
  hash: z.string(),
});
export type ChainedDecision = z.infer<typeof ChainedDecision>;

const Name = z
  .string()
  .max(80)
  .refine((text) => !text.includes("\0"))
  .optional();

/** Narrows the list; `before` and `after` are numbers, left out themselves. */
export const DecisionQuery = z.object({
  kind: Name,
  actorId: Name,
  subjectType: Name,
  subjectId: Name,
  /** Newest first, older than this number. */
  before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  /** Oldest first, newer than this number: what a verifier and a mirror read. */
  after: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type DecisionQuery = z.input<typeof DecisionQuery>;

export const DecisionPage = z.object({
  decisions: z.array(ChainedDecision),
  /** Whether the list goes on behind the last row of this page. */
  more: z.boolean(),
  /** The newest decision of the whole log; null before the first one. */
  head: z.object({ number: z.int(), hash: z.string() }).nullable(),
});
export type DecisionPage = z.infer<typeof DecisionPage>;

/**
 * Canonical JSON: names sorted, no spaces, numbers and strings as JSON.stringify writes them (RFC 8785 for the values
 * that stand in this log).
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map((entry) => canonical(entry ?? null)).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([name, entry]) => `${JSON.stringify(name)}:${canonical(entry)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** The text whose SHA-256 is the decision's hash: the row without the hash itself. */
export function hashedText({ hash: _, ...row }: ChainedDecision): string {
  return canonical(row);
}
