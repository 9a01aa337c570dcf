import { writeSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createBacklog } from "./backlog.ts";
import { type Journal, openJournal } from "./journal.ts";
import type { JournalRecord } from "./journal-record.ts";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "journal-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function batch(number: number, step: number, text = ""): JournalRecord {
  return {
    kind: "log",
    body: {
      attempt: 1,
      batch: number,
      steps: [step],
      times: [1],
      series: { loss: ["NaN"] },
      events: [],
      lines: [text],
    },
  };
}

function all(journal: Journal): JournalRecord[] {
  const found: JournalRecord[] = [];
  for (let at = 0; ; ) {
    const next = journal.read(at);
    if (next === null) {
      return found;
    }
    found.push(next.record);
    at = next.next;
  }
}

test("gives back what was appended, also after it was closed and opened again", async () => {
  const journal = await openJournal(directory, null);
  const records: JournalRecord[] = [
    { kind: "attempt", attempt: 1, fromStep: 0, reason: "First start." },
    batch(1, 1),
    batch(2, 5),
  ];
  for (const record of records) {
    journal.append(record);
  }
  expect(all(journal).slice(1)).toEqual(records);
  journal.close();
  const again = await openJournal(directory, null);
  expect(all(again).slice(1)).toEqual(records);
  expect(again.numbering).toEqual({ attempt: 1, batch: 2, step: 5 });
  again.close();
});

test("a tail torn at any byte is cut off and appending goes on behind the last whole record", async () => {
  const journal = await openJournal(directory, null);
  journal.append(batch(1, 1));
  const whole = journal.size;
  journal.append(batch(2, 2));
  const full = journal.size;
  journal.close();
  const path = join(directory, "journal-000001.bin");
  const bytes = await readFile(path);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: whole, max: full - 1 }),
      fc.boolean(),
      async (cut, rubbish) => {
        await writeFile(path, bytes.subarray(0, cut));
        if (rubbish) {
          await appendFile(path, Buffer.alloc(300, 7));
        }
        const torn = await openJournal(directory, null);
        expect(torn.size).toBe(whole);
        torn.append(batch(2, 9));
        expect(all(torn).at(-1)).toEqual(batch(2, 9));
        torn.close();
      },
    ),
    { numRuns: 40 },
  );
});

test("a record whose bytes changed ends the journal there", async () => {
  const journal = await openJournal(directory, null);
  journal.append(batch(1, 1));
  const { size } = journal;
  journal.append(batch(2, 2));
  journal.close();
  const path = join(directory, "journal-000001.bin");
  const bytes = await readFile(path);
  bytes[size + 20] = 0;
  await writeFile(path, bytes);
  const opened = await openJournal(directory, null);
  expect(opened.numbering.batch).toBe(1);
  opened.close();
});

test("turns to a new file only when a large one is acknowledged, and the numbering goes on", async () => {
  const journal = await openJournal(directory, null);
  journal.append({ kind: "attempt", attempt: 3, fromStep: 0, reason: "x" });
  expect(journal.turn(journal.size)).toBeNull();
  for (let i = 1; i <= 1_200; i += 1) {
    journal.append(batch(i, i, "l".repeat(3_900)));
  }
  expect(journal.turn(journal.size - 1)).toBeNull();
  expect(journal.turn(journal.size)).toBe(0);
  await journal.removeOld();
  journal.append(batch(1_201, 1_201));
  journal.close();
  const again = await openJournal(directory, 2);
  expect(again.numbering).toEqual({ attempt: 3, batch: 1_201, step: 1_201 });
  expect(all(again)).toHaveLength(2);
  again.close();
  await expect(truncate(join(directory, "journal-000001.bin"))).rejects.toThrow(/ENOENT/);
});

test("a full disk takes no half record, and what waited follows in order when there is room", async () => {
  let room = 200;
  const journal = await openJournal(directory, null, (file, bytes) => {
    const some = writeSync(file, bytes.subarray(0, Math.min(room, 50)));
    room -= some;
    if (some === 0) {
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    }
    return some;
  });
  const notes: string[] = [];
  const backlog = createBacklog(
    (record) => journal.append(record),
    (text) => notes.push(text),
  );
  for (const step of [1, 2, 3, 4]) {
    backlog.put(() => batch(journal.numbering.batch + 1, step));
  }
  expect(notes).toEqual([expect.stringContaining("wait in memory")]);
  const { length } = all(journal);
  expect(length).toBeLessThan(5);
  room = 10_000;
  backlog.retry();
  expect(notes.at(-1)).toBe("The disk takes reports again.");
  journal.close();
  const again = await openJournal(directory, null);
  expect(all(again).slice(1)).toEqual([1, 2, 3, 4].map((step) => batch(step, step)));
  again.close();
});
