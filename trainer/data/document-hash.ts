import { createHash } from "node:crypto";

/** A document's place in [0, 1), by its text alone: the same document always falls on the same side of a limit. */
export function documentFraction(text: string, purpose: string): number {
  const digest = createHash("sha256").update(`${purpose}\n${text}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** One document in a hundred is kept back and never trained on. */
export function isHeldOut(text: string): boolean {
  return documentFraction(text, "held-out") < 0.01;
}
