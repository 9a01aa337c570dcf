import { COLLECTION_RULE } from "./contract.ts";

const HOUR_MS = 3_600_000;

export function monthOf(now: number): string {
  return new Date(now).toISOString().slice(0, 7);
}

/** When a month (UTC) begins and ends. */
export function monthSpan(month: string): { from: Date; to: Date } {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return { from: new Date(Date.UTC(year, number - 1)), to: new Date(Date.UTC(year, number)) };
}

export function freezesAt(month: string): number {
  return monthSpan(month).to.getTime() + COLLECTION_RULE.hours * HOUR_MS;
}

/** In a month's first hours nobody has hearts yet, and whoever is shown first would get them: the order is drawn by lot. */
export function isByLot(now: number): boolean {
  return now - monthSpan(monthOf(now)).from.getTime() < COLLECTION_RULE.hours * HOUR_MS;
}
