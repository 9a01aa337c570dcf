import type { Prisma } from "../platform/db.ts";
import type { ReleaseState } from "./contract.ts";
import { refuse } from "./refuse.ts";

export type LockedRelease = {
  id: string;
  familyId: string;
  version: string;
  checkpointId: string;
  state: ReleaseState;
  authorId: string;
  gated: boolean;
};

/** The release's row, locked until the transaction ends; refused when it is in none of the states asked for. */
export async function lockRelease(
  tx: Prisma.TransactionClient,
  { id, states }: { id: string; states: readonly ReleaseState[] },
): Promise<LockedRelease> {
  const [release] = await tx.$queryRaw<LockedRelease[]>`
    select id, "familyId", version, "checkpointId", state, "authorId", gated from "Release" where id = ${id} for update`;
  if (release === undefined) {
    throw refuse("no-release");
  }
  if (!states.includes(release.state)) {
    throw refuse("wrong-state");
  }
  return release;
}
