import type { Db } from "../platform/db.ts";
import { DecisionPage, DecisionQuery } from "./contract.ts";
import { readChainHead } from "./read-chain-head.ts";

/** A page of the public log, newest first, or oldest first behind `after`. */
export async function listDecisions(db: Db, input: DecisionQuery): Promise<DecisionPage> {
  const { limit, before, after, kind, actorId, subjectType, subjectId } =
    DecisionQuery.parse(input);
  const filters = { kind, actorId, subjectType, subjectId };
  const where = Object.fromEntries(
    Object.entries(filters).filter(([, value]) => value !== undefined && value !== ""),
  );
  const number = {
    ...(before === undefined ? {} : { lt: before }),
    ...(after === undefined ? {} : { gt: after }),
  };
  const head = await readChainHead(db);
  const rows = await db.decision.findMany({
    where: { ...where, number },
    orderBy: { number: after === undefined ? "desc" : "asc" },
    take: limit + 1,
  });
  const decisions = rows
    .slice(0, limit)
    .map(({ subjectType: type, subjectId: id, at, ...row }) => ({
      ...row,
      subject: { type, id },
      at: at.toISOString(),
    }));
  return DecisionPage.parse({ decisions, more: rows.length > limit, head });
}
