/** A calendar's month: weeks of seven dates, Monday first; null where a week reaches into another month. */
export type Month = { month: string; weeks: (string | null)[][] };

const DAY_MS = 86_400_000;
const WEEK = 7;

/** The months that hold these days (`YYYY-MM-DD`), newest first, those in between included. */
export function monthGrid(days: readonly string[]): Month[] {
  const sorted = [...days].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const months: Month[] = [];
  for (let at = last.slice(0, 7); at >= first.slice(0, 7); at = monthBefore(at)) {
    months.push({ month: at, weeks: weeksOf(at) });
  }
  return months;
}

function weeksOf(month: string): (string | null)[][] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  // getUTCDay counts from Sunday.
  const lead = (new Date(first).getUTCDay() + WEEK - 1) % WEEK;
  const weeks: (string | null)[][] = [];
  for (let at = -lead; ; at += WEEK) {
    const week = Array.from({ length: WEEK }, (_, day) => {
      const date = new Date(first + (at + day) * DAY_MS).toISOString().slice(0, 10);
      return date.startsWith(month) ? date : null;
    });
    if (week.every((date) => date === null)) {
      return weeks;
    }
    weeks.push(week);
  }
}

function monthBefore(month: string): string {
  return new Date(Date.parse(`${month}-01T00:00:00Z`) - DAY_MS).toISOString().slice(0, 7);
}
