import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CHAIN_START, type ChainedDecision, hashedText } from "#server/decisions/contract.ts";
import { CHAIN_BEGIN, verifyChain } from "./verify-chain.ts";

function chain(length: number): ChainedDecision[] {
  const rows: ChainedDecision[] = [];
  for (let number = 1; number <= length; number++) {
    const row = {
      number,
      previousHash: rows.at(-1)?.hash ?? CHAIN_START,
      kind: "member.grant",
      subject: { type: "member", id: `mem_${number}` },
      actorId: null,
      reason: `理由 ${number} "quoted"`,
      data: { role: "engineer", nested: { b: 1, a: [1, null] } },
      at: new Date(number * 1000).toISOString(),
      hash: "",
    };
    row.hash = createHash("sha256").update(hashedText(row)).digest("hex");
    rows.push(row);
  }
  return rows;
}

describe("the verifier", () => {
  it("follows a whole chain, also page by page", async () => {
    const rows = chain(7);
    const half = await verifyChain(CHAIN_BEGIN, rows.slice(0, 3));
    expect(await verifyChain(half, rows.slice(3))).toEqual({
      checked: 7,
      hash: rows[6]?.hash,
      broken: null,
    });
  });

  it.each([
    ["hash", (row: ChainedDecision) => ({ ...row, reason: "another reason" })],
    ["hash", (row: ChainedDecision) => ({ ...row, data: { role: "admin" } })],
    ["previous", (row: ChainedDecision) => ({ ...row, previousHash: CHAIN_START })],
    ["number", (row: ChainedDecision) => ({ ...row, number: row.number + 1 })],
  ] as const)("finds the row whose %s does not fit", async (fault, tamper) => {
    const rows = chain(5).map((row) => (row.number === 3 ? tamper(row) : row));
    const { checked, broken } = await verifyChain(CHAIN_BEGIN, rows);
    expect(checked).toBe(2);
    expect(broken?.fault).toBe(fault);
  });

  it("finds a row that was taken out", async () => {
    const rows = chain(5).filter(({ number }) => number !== 4);
    expect((await verifyChain(CHAIN_BEGIN, rows)).broken).toEqual({ number: 5, fault: "number" });
  });
});
