import type { Prisma } from "../platform/db.ts";

/** Whose weights need the licence to be accepted: no checkpoint's, those that a release was made from, or every one's. */
export type CheckpointGate = "open" | "released" | "all";

/** The releases that put their checkpoint's weights under the licence. */
export const GATING = {
  where: { gated: true, publishedAt: { not: null } },
  take: 1,
  select: { familyId: true },
} satisfies Prisma.Checkpoint$releasesArgs;

/** Whether a file of a checkpoint is given to those only who accepted the licence. Settings and vocabulary are not. */
export function isGatedFile(
  gate: CheckpointGate,
  { name, releases }: { name: string; releases: readonly unknown[] },
): boolean {
  const covered = gate === "all" || (gate === "released" && releases.length > 0);
  return covered && name.endsWith(".safetensors");
}
