import type { Prisma } from "../../platform/db.ts";
import type { TrialVerdict } from "../contract.ts";

/** Writes how far each member's expectation was from what was measured. */
export async function scorePredictions(
  tx: Prisma.TransactionClient,
  { id, verdict }: { id: number; verdict: TrialVerdict },
): Promise<void> {
  for (const { metric, change } of verdict.findings) {
    await tx.$executeRaw`
      update "InitiativePrediction" set error = abs(change - ${change}::float8)
      where "initiativeId" = ${id} and metric = ${metric}`;
  }
}
