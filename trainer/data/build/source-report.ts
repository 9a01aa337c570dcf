import type { SourceReport } from "#server/data/contract.ts";

export function emptyReport(
  about: Pick<SourceReport, "name" | "source" | "lang" | "licence">,
): SourceReport {
  return {
    ...about,
    documents: 0,
    kept: 0,
    dropped: {},
    duplicates: 0,
    pii: {},
    bytes: 0,
    tokens: 0,
    cues: {},
    meanPerplexity: null,
  };
}

export function addTo(counts: Record<string, number>, name: string, by: number): void {
  counts[name] = (counts[name] ?? 0) + by;
}

/** The data table for people: sizes, then the reasons of what was dropped. */
export function formatReports(reports: SourceReport[]): string {
  const lines = reports.map((report) => {
    const mean = report.kept === 0 ? 0 : Math.round(report.tokens / report.kept);
    const reasons = Object.entries(report.dropped).sort(([, a], [, b]) => b - a);
    const marks = Object.entries(report.pii);
    return [
      `${report.name} / ${report.source} (${report.lang}, ${report.licence})`,
      `  documents ${report.documents}, kept ${report.kept}, duplicates ${report.duplicates}`,
      `  ${(report.bytes / 1e6).toFixed(1)} MB, ${report.tokens} tokens, mean length ${mean} tokens, mean PPL ${report.meanPerplexity?.toFixed(1) ?? "not measured"}`,
      `  dropped: ${reasons.map(([reason, count]) => `${reason} ${count}`).join(", ") || "none"}`,
      `  marks: ${marks.map(([kind, count]) => `${kind} ${count}`).join(", ") || "none"}; cues: ${
        Object.entries(report.cues)
          .map(([task, count]) => `${task} ${count}`)
          .join(", ") || "none"
      }`,
    ].join("\n");
  });
  return `${lines.join("\n")}\n`;
}
