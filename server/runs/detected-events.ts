import type { Finding } from "../detect/finding.ts";
import { newId } from "../platform/ids.ts";
import type { CheckedBatch } from "./check-batch.ts";
import type { RunEvent } from "./contract.ts";

/** What the portal saw in a batch, as events; kinds that the trainer tells of itself in this batch are left to it. */
export function detectedEvents(batch: CheckedBatch, findings: Finding[]): RunEvent[] {
  const told = new Set<string>(batch.events.map(({ kind }) => kind));
  return findings
    .filter(({ kind }) => !told.has(kind))
    .map((finding) => ({
      id: newId("evt"),
      attempt: batch.attempt,
      source: "server" as const,
      ...finding,
    }));
}
