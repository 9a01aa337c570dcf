import { CHAIN_START, type ChainedDecision, hashedText } from "#server/decisions/contract.ts";

/** Where the check of the log stands: the last row that fits, and the first that does not. */
export type ChainState = {
  checked: number;
  hash: string;
  /** The first row that breaks the chain, and how; null as long as all is well. */
  broken: { number: number; fault: "number" | "previous" | "hash" } | null;
};

export const CHAIN_BEGIN: ChainState = { checked: 0, hash: CHAIN_START, broken: null };

/**
 * Continues the check with the rows that follow, oldest first: numbers without holes, each row naming the hash before it,
 * each hash computed anew from the row's canonical JSON. Stops at the first row that breaks the chain.
 */
export async function verifyChain(
  state: ChainState,
  rows: readonly ChainedDecision[],
): Promise<ChainState> {
  let { checked, hash } = state;
  if (state.broken !== null) {
    return state;
  }
  for (const row of rows) {
    const fault = await findFault(row, { checked, hash });
    if (fault !== null) {
      return { checked, hash, broken: { number: row.number, fault } };
    }
    checked = row.number;
    hash = row.hash;
  }
  return { checked, hash, broken: null };
}

async function findFault(row: ChainedDecision, before: { checked: number; hash: string }) {
  if (row.number !== before.checked + 1) {
    return "number";
  }
  if (row.previousHash !== before.hash) {
    return "previous";
  }
  return (await sha256(hashedText(row))) === row.hash ? null : "hash";
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
