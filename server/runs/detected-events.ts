import type { DetectorState } from "../detect/detector.ts";
import type { Finding } from "../detect/finding.ts";
import { newId } from "../platform/ids.ts";
import type { CheckedBatch } from "./check-batch.ts";
import type { RunEvent } from "./contract.ts";

/** A trainer that tells of something itself means the same when it is so many steps away: then its word stands alone. */
const NEAR = 5;

type Seen = { findings: Finding[]; state: DetectorState };

/** What the portal saw in a batch, as events, but for what the trainer tells of, in this batch or in one before. */
export function detectedEvents(batch: CheckedBatch, { findings, state }: Seen): RunEvent[] {
  for (const { kind, step } of batch.events) {
    state.told[kind] = step;
  }
  const toldNow = (kind: string, step: number) =>
    batch.events.some((event) => event.kind === kind && Math.abs(event.step - step) <= NEAR);
  const toldBefore = (kind: string, step: number) =>
    Math.abs((state.told[kind] ?? Number.NEGATIVE_INFINITY) - step) <= NEAR;
  return findings
    .filter(({ kind, step }) => !toldNow(kind, step) && !toldBefore(kind, step))
    .map((finding) => ({
      id: newId("evt"),
      attempt: batch.attempt,
      source: "server" as const,
      ...finding,
    }));
}
