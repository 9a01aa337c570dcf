import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";

type Input = { checkpointId: string; name: string };
export type PublicFile = { name: string; size: number; sha256: string; completedAt: Date };

/** A file of a public checkpoint. One that is still being uploaded is not there yet: `not_found`. */
export async function findFile(db: Db, { checkpointId, name }: Input): Promise<PublicFile> {
  const file = await db.checkpointFile.findUnique({
    where: { checkpointId_name: { checkpointId, name } },
    select: {
      name: true,
      size: true,
      sha256: true,
      checkpoint: { select: { completedAt: true } },
    },
  });
  const completedAt = file?.checkpoint.completedAt ?? null;
  if (file === null || completedAt === null) {
    throw new AppError(
      "not_found",
      "There is no such public file. List a run's checkpoints with GET /api/v1/runs/ID/checkpoints.",
    );
  }
  return { name: file.name, size: Number(file.size), sha256: file.sha256, completedAt };
}
