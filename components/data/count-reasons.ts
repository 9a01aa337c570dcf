import type { SourceReport } from "#server/data/contract.ts";

type ReasonRow = { reason: string; total: number; counts: number[] };

/** Every reason with its count in each source, the commonest first; duplicates are one of them. */
export function countReasons(sources: readonly SourceReport[]): ReasonRow[] {
  const all = sources.map(
    ({ dropped, duplicates }): Record<string, number> => ({
      ...dropped,
      ...(duplicates > 0 ? { duplicate: duplicates } : {}),
    }),
  );
  const reasons = [...new Set(all.flatMap((counts) => Object.keys(counts)))];
  return reasons
    .map((reason) => {
      const counts = all.map((one) => one[reason] ?? 0);
      return { reason, counts, total: counts.reduce((sum, count) => sum + count, 0) };
    })
    .sort((a, b) => b.total - a.total || (a.reason < b.reason ? -1 : 1));
}
