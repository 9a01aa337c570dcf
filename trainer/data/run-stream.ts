import type { Dropped, TextDocument } from "./document.ts";
import { LONGEST_DOCUMENT } from "./filter/filter-document.ts";
import type { Outcome, StreamStep } from "./stream-steps.ts";

/** Counts of a step's run; the shape of the data report. */
export type StreamReport = {
  documents: number;
  kept: number;
  dropped: Record<string, number>;
  pii: Record<string, number>;
};

/** A place for lines; the promise resolves when more may come, which is how a slow reader slows the whole chain. */
export type LineWriter = (line: string) => Promise<void>;

export type StreamParts = {
  documents: AsyncIterable<TextDocument>;
  step: StreamStep;
  write: LineWriter;
  writeDropped: (dropped: Dropped) => Promise<void>;
};

export async function runStream(parts: StreamParts): Promise<StreamReport> {
  const report: StreamReport = { documents: 0, kept: 0, dropped: {}, pii: {} };
  for await (const document of parts.documents) {
    report.documents += 1;
    const outcome: Outcome =
      document.text.length > LONGEST_DOCUMENT ? { drop: "oversized" } : parts.step(document);
    if ("drop" in outcome) {
      count(report.dropped, outcome.drop, 1);
      await parts.writeDropped({ id: document.id, reason: outcome.drop });
    } else {
      report.kept += 1;
      for (const [kind, marks] of Object.entries(outcome.pii ?? {})) {
        count(report.pii, kind, marks);
      }
      await parts.write(`${JSON.stringify(outcome.out)}\n`);
    }
  }
  return report;
}

function count(counts: Record<string, number>, name: string, by: number): void {
  counts[name] = (counts[name] ?? 0) + by;
}
