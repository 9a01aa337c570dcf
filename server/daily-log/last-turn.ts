import type { DayTurn } from "./contract.ts";

/** A day of a run in Unix milliseconds, `from` ≤ t < `to`, named by the date on which it ends. */
export type TurnedDay = { day: string; from: number; to: number };

const DAY_MS = 86_400_000;

/** The newest day that had ended at `now`. A day on which the clocks are changed has 23 or 25 hours. */
export function lastTurn(now: number, turn: DayTurn): TurnedDay {
  const today = Date.parse(`${dateAt(now, turn.timeZone)}T00:00:00Z`);
  const date = turnOf(today, turn) <= now ? today : today - DAY_MS;
  return {
    day: new Date(date).toISOString().slice(0, 10),
    from: turnOf(date - DAY_MS, turn),
    to: turnOf(date, turn),
  };
}

/** When the zone's clock shows the turn's hour on a date, given as that date's midnight in UTC. */
function turnOf(date: number, { timeZone, hour }: DayTurn): number {
  const shown = date + hour * 3_600_000;
  const guess = shown - offsetAt(shown, timeZone);
  return shown - offsetAt(guess, timeZone);
}

/** How far the zone's clock is ahead of UTC. */
function offsetAt(time: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(time);
  return Date.parse(`${clock.replace(" ", "T")}Z`) - Math.floor(time / 1000) * 1000;
}

function dateAt(time: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(time);
}
