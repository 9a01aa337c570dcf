import { isDiskFull } from "./is-disk-full.ts";
import type { JournalRecord } from "./journal-record.ts";

export type Backlog = {
  /** Appends a record; it is made when its turn comes, since its number depends on those before it. */
  put(make: () => JournalRecord): void;
  /** Tries again what did not fit on the disk. */
  retry(): void;
};

/**
 * Records on their way to the journal. While the disk is full they wait in memory, in order, and training goes on: what
 * a step tells is a few hundred bytes, so an hour of a full disk costs some megabytes. Only a crash in that time loses them.
 */
export function createBacklog(
  append: (record: JournalRecord) => void,
  notify: (text: string) => void,
): Backlog {
  const waiting: (() => JournalRecord)[] = [];
  let full = false;
  const retry = (): void => {
    try {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        append(next());
        waiting.shift();
      }
    } catch (error) {
      if (!isDiskFull(error)) {
        throw error;
      }
      if (!full) {
        notify("The disk has no room for reports: they wait in memory. Free some space.");
      }
      full = true;
      return;
    }
    if (full) {
      full = false;
      notify("The disk takes reports again.");
    }
  };
  return {
    retry,
    put(make) {
      waiting.push(make);
      retry();
    },
  };
}
