import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { TrainerError } from "../../trainer-error.ts";
import { type Decision, decide, insert } from "./decide.ts";
import { type Appender, openAppender } from "./file-appender.ts";
import { HASH_KIND, type Hashes } from "./hash-paragraphs.ts";
import { HashTable } from "./hash-table.ts";
import type { Hash } from "./hash-units.ts";
import { packRecord } from "./log-record.ts";
import { replayLog } from "./replay-log.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";
import { claimStore } from "./store-lock.ts";
import type { StoreState } from "./store-state.ts";

const Header = z.object({ version: z.literal(1), hash: z.string() });

/** A snapshot is due after so many bytes of log, so that opening stays quick. */
const SNAPSHOT_EVERY = 256 * 1024 * 1024;

/** What the store holds, in documents and in memory. */
export type StoreStatistics = {
  hashes: number;
  documents: number;
  bytes: number;
  capacity: number;
};

/** The memory of what was seen, on disk; one process writes it at a time. */
export type DedupStore = {
  /**
   * Decides and remembers in one go. `key` names the document in its place: the same key gets the same answer again
   * and changes nothing, so running a file a second time is a no-op.
   */
  decide(key: Hash, hashes: Readonly<Hashes>): Decision;
  /** The answer that this key has had before. */
  known(key: Hash): Decision | null;
  statistics(): StoreStatistics;
  flush(): void;
  close(): void;
};

/** Null as directory: a store in memory only, gone with the process. */
export function openDedupStore(
  directory: string | null,
  appender: typeof openAppender = openAppender,
): DedupStore {
  if (directory === null) {
    return createStore(emptyState(), null);
  }
  mkdirSync(directory, { recursive: true });
  const release = claimStore(directory);
  try {
    checkHeader(join(directory, "store.json"));
    const logPath = join(directory, "hashes.log");
    const state = loadState(directory, logPath);
    const log = appender(logPath, state.logBytes);
    return createStore(state, { directory, log, release });
  } catch (error) {
    release();
    throw error;
  }
}

function emptyState(): StoreState {
  return { table: new HashTable(), answers: new HashTable(), logBytes: 0 };
}

function loadState(directory: string, logPath: string): StoreState {
  const logBytes = existsSync(logPath) ? statSync(logPath).size : 0;
  const state = readSnapshot(directory, logBytes) ?? emptyState();
  state.logBytes = replayLog(logPath, state.logBytes, ({ decision, key, hashes }) => {
    insert(state.table, hashes);
    remember(state.answers, key, decision);
  });
  return state;
}

function checkHeader(path: string): void {
  if (!existsSync(path)) {
    writeFileSync(path, `${JSON.stringify({ version: 1, hash: HASH_KIND })}\n`);
    return;
  }
  const header = Header.safeParse(parseJson(readFileSync(path, "utf8")));
  if (!header.success || header.data.hash !== HASH_KIND) {
    throw new TrainerError(
      "data",
      `${path} describes a store of another kind (this one writes "${HASH_KIND}"). Use another --store directory.`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const ANSWERS: Decision[] = ["keep", "duplicate", "empty"];

/** A key's two lowest bits make room for its answer (plus one: 0 is a free place). */
function remember(answers: HashTable, { low, high }: Hash, decision: Decision): void {
  answers.add((low & ~3) | (ANSWERS.indexOf(decision) + 1), high);
}

function recall(answers: HashTable, { low, high }: Hash): Decision | null {
  const found = answers.lowWordOf(low, high);
  return found === 0 ? null : (ANSWERS[(found & 3) - 1] ?? null);
}

type Disk = { directory: string; log: Appender; release: () => void };

function createStore(state: StoreState, disk: Disk | null): DedupStore {
  const { table, answers } = state;
  let snapshotAt = state.logBytes;
  const known = (key: Hash): Decision | null => recall(answers, key);
  return {
    known,
    decide(key, hashes) {
      table.touch(hashes.words, hashes.length);
      const before = known(key);
      if (before !== null) {
        return before;
      }
      const decision = decide(table, hashes);
      remember(answers, key, decision);
      if (disk !== null) {
        const record = packRecord({ decision, key, hashes });
        disk.log.append(record);
        state.logBytes += record.length;
        if (state.logBytes - snapshotAt > SNAPSHOT_EVERY) {
          disk.log.flush();
          writeSnapshot(disk.directory, state);
          snapshotAt = state.logBytes;
        }
      }
      return decision;
    },
    statistics: () => ({
      hashes: table.size,
      documents: answers.size,
      bytes: table.bytes,
      capacity: table.capacity,
    }),
    flush: () => disk?.log.flush(),
    close() {
      try {
        disk?.log.flush();
      } finally {
        closeDisk(disk);
      }
    },
  };
}

/** The lock goes even when the last bytes find no room: the next run must be able to open the store. */
function closeDisk(disk: Disk | null): void {
  try {
    disk?.log.close();
  } finally {
    disk?.release();
  }
}
