import type { Db } from "../../platform/db.ts";
import type { InitiativeDetail } from "../contract.ts";

type Row = { metric: string; members: number; median: number; mine: number | null };

/** What members expect, by metric: the median, which one wild guess does not move. */
export async function readPredictions(
  db: Db,
  { id, memberId }: { id: number; memberId: string | null },
): Promise<InitiativeDetail["predictions"]> {
  return await db.$queryRaw<Row[]>`
    select metric, count(*)::int as members, percentile_cont(0.5) within group (order by change) as median,
      max(change) filter (where "memberId" = ${memberId ?? ""}) as mine
    from "InitiativePrediction" where "initiativeId" = ${id} group by metric order by count(*) desc, metric`;
}
