import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { TokenScope } from "./principal.ts";
import { hashToken, newTokenSecret } from "./token-secret.ts";

export type CreateToken = {
  scope: TokenScope;
  label?: string | undefined;
  /** Binds the token to one project, which is created when it does not exist yet. */
  project?: string | undefined;
  /** Binds the token to one run. */
  run?: string | undefined;
  /** Whose token it is. */
  memberId?: string | undefined;
};

/** Stores a new token and returns its secret, which cannot be read again afterwards. */
export async function createToken(
  db: Db,
  input: CreateToken,
): Promise<{ id: string; secret: string }> {
  const projectId = await boundProject(db, input);
  const secret = newTokenSecret();
  const { id } = await db.apiToken.create({
    data: {
      id: newId("tok"),
      hash: hashToken(secret),
      label: input.label ?? "",
      scope: input.scope,
      projectId,
      runId: input.run ?? null,
      memberId: input.memberId ?? null,
    },
    select: { id: true },
  });
  return { id, secret };
}

/** A token of a run is bound to the run's project too, so that losing the run never widens it. */
async function boundProject(db: Db, { project, run }: CreateToken): Promise<string | null> {
  if (run !== undefined) {
    const row = await db.run.findUnique({ where: { id: run }, select: { projectId: true } });
    if (row === null) {
      throw new AppError("not_found", `There is no run ${run}. List them with GET /api/v1/runs.`);
    }
    if (project !== undefined && project !== row.projectId) {
      throw new AppError(
        "bad_request",
        `Run ${run} belongs to project ${row.projectId}, not ${project}. Leave --project out.`,
      );
    }
    return row.projectId;
  }
  if (project === undefined) {
    return null;
  }
  await db.project.createMany({ data: [{ id: project }], skipDuplicates: true });
  return project;
}
