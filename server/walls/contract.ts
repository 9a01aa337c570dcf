import { z } from "zod";
import { MetricKey } from "../metrics/contract.ts";

/** How a member arranged a run's wall of panels. */
export const WallLayout = z.object({
  /** Panels at the top, in this order. */
  pinned: z.array(MetricKey).max(200).default([]),
  /** Panels whose place was chosen; the others follow in alphabetical order. */
  order: z.array(MetricKey).max(2_000).default([]),
  hidden: z.array(MetricKey).max(2_000).default([]),
  /** Groups (prefixes of keys) that are folded. */
  folded: z.array(z.string().max(200)).max(200).default([]),
  smoothing: z.number().min(0).max(0.999).optional(),
});
export type WallLayout = z.infer<typeof WallLayout>;

export const SaveWall = z.object({ runId: z.string(), layout: WallLayout });
export type SaveWall = z.infer<typeof SaveWall>;
export const SavedWall = z.object({
  layout: WallLayout.nullable(),
  savedAt: z.number().nullable(),
});
export type SavedWall = z.infer<typeof SavedWall>;
