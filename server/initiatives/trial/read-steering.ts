import { z } from "zod";
import type { Blobs } from "../../platform/blobs.ts";
import type { Db } from "../../platform/db.ts";

/** What of the trainer's state is needed here; the trainer has its own schema of the whole. */
const StateFile = z.object({
  state: z.object({
    steering: z.object({
      rateFactor: z.number(),
      weights: z.record(z.string(), z.number()).nullable(),
    }),
  }),
});
const MOST_BYTES = 4 * 1024 * 1024;

type Found = { attempt: number; step: number; rate: number; weights: Record<string, number> };

/** The controls that lie in the run's newest whole checkpoint; null when none has brought its state along. */
export async function readSteering(
  { db, blobs }: { db: Db; blobs: Blobs },
  runId: string,
): Promise<Found | null> {
  const checkpoint = await db.checkpoint.findFirst({
    where: {
      ...{ runId, completedAt: { not: null } },
      files: { some: { name: "state.json", size: { lte: MOST_BYTES } } },
    },
    orderBy: { createdAt: "desc" },
    select: { attempt: true, step: true, files: { where: { name: "state.json" } } },
  });
  const file = checkpoint?.files[0];
  if (checkpoint === null || file === undefined) {
    return null;
  }
  const handle = await blobs
    .open({ sha256: file.sha256, size: Number(file.size) })
    .catch(() => null);
  if (handle === null) {
    return null;
  }
  try {
    const found = StateFile.safeParse(JSON.parse(await handle.readFile("utf8")));
    if (!found.success) {
      return null;
    }
    const { rateFactor, weights } = found.data.state.steering;
    const { attempt, step } = checkpoint;
    return { attempt, step: Number(step), rate: rateFactor, weights: weights ?? {} };
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}
