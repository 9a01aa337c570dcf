import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { askLink, type LinkAnswer } from "./ask-link.ts";

const HOUR_MS = 3_600_000;
/** A link that answers is asked daily, one that does not every three hours. */
const AGAIN_MS = { alive: 24 * HOUR_MS, other: 3 * HOUR_MS };
const MOST_AT_ONCE = 100;
/** A server may be down for a moment: dead is what did not answer this often in a row. */
const TRIES = 3;

type Check = { now: number; allowLoopback: boolean; signal?: AbortSignal };

/** Asks the addresses whose turn it is, one after another. Answers how many. */
export async function checkLinks(
  db: PrismaClient,
  { now, allowLoopback, signal }: Check,
): Promise<number> {
  const due = await db.showcaseLink.findMany({
    where: {
      showcase: { state: "visible" },
      OR: [
        { checkedAt: null },
        { state: "alive", checkedAt: { lt: new Date(now - AGAIN_MS.alive) } },
        { state: { not: "alive" }, checkedAt: { lt: new Date(now - AGAIN_MS.other) } },
      ],
    },
    orderBy: { checkedAt: { sort: "asc", nulls: "first" } },
    take: MOST_AT_ONCE,
  });
  let asked = 0;
  for (const { showcaseId, kind, url, failures, state } of due) {
    if (signal?.aborted === true) {
      break;
    }
    const answer = await askLink({ url, allowLoopback });
    // Where the address was changed meanwhile, the answer is about another one.
    await db.showcaseLink.updateMany({
      where: { showcaseId, kind, url },
      data: { ...judge(answer, { failures, state }), checkedAt: new Date(now) },
    });
    asked += 1;
  }
  return asked;
}

function judge({ state, answer }: LinkAnswer, before: { failures: number; state: string }) {
  if (state !== "dead") {
    return { state, answer, failures: 0 };
  }
  const failures = before.failures + 1;
  // 404 and 410 are said on purpose; anything else may pass.
  const final = answer === "404" || answer === "410" || failures >= TRIES;
  return { state: final ? "dead" : before.state, answer, failures };
}
