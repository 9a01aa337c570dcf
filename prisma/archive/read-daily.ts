import { readFileSync } from "node:fs";
import { join } from "node:path";

const DAY_MS = 86_400_000;
/** The original reports closed their day at 16:00 in Beijing. */
const DAY_TURN_UTC_MS = 8 * 3_600_000;

/** One daily report; null where it has no figure. `closedAt` is the end of its day in Unix milliseconds. */
export type DailyReport = {
  date: string;
  closedAt: number;
  lossBegin: number | null;
  lossEnd: number | null;
  dataGb: number | null;
  gradNorm: number | null;
  progressPct: number | null;
};

export const DAILY_CSV = join(import.meta.dirname, "cpm-live-daily.csv");

/**
 * The public daily figures of the CPM-Live training, oldest first, as they were published. One row is left out: the
 * report of 2022-11-24 stands in the file a second time, word for word, under the mistyped date 2022-11-2.
 */
export function readDaily(): DailyReport[] {
  const [, ...rows] = readFileSync(DAILY_CSV, "utf8").trim().split(/\r?\n/);
  return rows.map(toReport).filter(({ date }) => date !== "2022-11-2");
}

function toReport(row: string): DailyReport {
  const [date = "", ...cells] = row.split(",");
  const [lossBegin, lossEnd, dataGb, gradNorm, progressPct] = cells.map((cell) =>
    cell === "" ? null : Number(cell),
  );
  return {
    date,
    closedAt: closeOf(date),
    lossBegin: lossBegin ?? null,
    lossEnd: lossEnd ?? null,
    dataGb: dataGb ?? null,
    gradNorm: gradNorm ?? null,
    progressPct: progressPct ?? null,
  };
}

/** The end of the day `date` (YYYY-MM-DD), Unix milliseconds. */
export function closeOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) + DAY_TURN_UTC_MS;
}

/** Whole days from one day's close to another's. */
export function daysBetween(from: number, to: number): number {
  return Math.round((to - from) / DAY_MS);
}
