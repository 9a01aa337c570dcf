import { createHash } from "node:crypto";
import type { Db, Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { CHAIN_START, canonical } from "./contract.ts";
import { readChainHead } from "./read-chain-head.ts";

/** Any constant will do; it names the right to append, held until the transaction ends. */
const CHAIN_LOCK = 5_717_201;

export type DecisionInput = {
  /** `area.verb`: member.suspend, initiative.approve, release.yank … */
  kind: string;
  subject: { type: string; id: string };
  /** The deciding member; null when the portal decided by a published rule. */
  actorId: string | null;
  reason: string;
  /** Identifiers, numbers, versions; neither names nor texts of members, who can be deleted, which this log cannot. */
  data?: Prisma.InputJsonObject;
  now?: number;
};

/**
 * Appends a decision to the public log within the caller's transaction: it is recorded exactly when it is made. Call it
 * last in the transaction; others who decide wait for its end.
 */
export async function recordDecision(
  tx: Db,
  input: DecisionInput,
): Promise<{ number: number; hash: string }> {
  const { kind, subject, actorId, now = Date.now() } = input;
  const reason = input.reason.trim();
  if (reason === "") {
    throw new AppError(
      "bad_request",
      "A decision needs a reason that everyone can read. Write one.",
    );
  }
  await tx.$executeRaw`select pg_advisory_xact_lock(${CHAIN_LOCK})`;
  const head = await readChainHead(tx);
  const number = (head?.number ?? 0) + 1;
  const previousHash = head?.hash ?? CHAIN_START;
  const data = input.data ?? {};
  const at = new Date(now);
  const text = canonical({
    number,
    previousHash,
    kind,
    subject,
    actorId,
    reason,
    data,
    at: at.toISOString(),
  });
  const hash = createHash("sha256").update(text, "utf8").digest("hex");
  const { type, id } = subject;
  await tx.decision.create({
    data: {
      number,
      previousHash,
      hash,
      kind,
      subjectType: type,
      subjectId: id,
      actorId,
      reason,
      data,
      at,
    },
    select: { number: true },
  });
  return { number, hash };
}
