export type Rhythm = "daily" | "weekly";

const DAY_MS = 86_400_000;
/** Mails go out at six in the morning, the weekly ones on Mondays; UTC. */
const HOUR_MS = 6 * 3_600_000;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

export const PERIOD_MS: Record<Rhythm, number> = { daily: DAY_MS, weekly: 7 * DAY_MS };

/** When a mail of this rhythm was last due. */
export function lastDue(rhythm: Rhythm, now: number): Date {
  const first = HOUR_MS + (rhythm === "weekly" ? FIRST_MONDAY_MS : 0);
  const period = PERIOD_MS[rhythm];
  return new Date(first + Math.floor((now - first) / period) * period);
}
