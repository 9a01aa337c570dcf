import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import { type WriteBytes, writeWhole } from "./append-whole.ts";
import { JournalRecord } from "./journal-record.ts";

const FRAME = 8;
/** An acknowledged file larger than this makes room for a new one. */
const TURN_AT_BYTES = 4 * 1024 * 1024;
const syncData = promisify(fdatasync);

/** Newest numbers ever written: what a restarted trainer counts on from. */
export type Numbering = { attempt: number; batch: number; step: number };

export type Journal = {
  readonly generation: number;
  readonly size: number;
  readonly numbering: Numbering;
  append(record: JournalRecord): void;
  /** The record at an offset and the offset of the one after it; null at the end. */
  read(offset: number): { record: JournalRecord; next: number } | null;
  sync(): Promise<void>;
  /** Starts a new file when all of a large one is acknowledged; returns the offset to go on from, or null. */
  turn(acknowledged: number): number | null;
  /** Removes the file before this one, once the sender has noted where it goes on. */
  removeOld(): Promise<void>;
  close(): void;
};

/**
 * An append-only file of framed records: length (u32), CRC-32 of the payload (u32), JSON. Every report goes through
 * it before it is sent, so memory stays small however long the portal is away, and nothing that was sent is forgotten
 * in a crash. A torn frame at the end is cut off when the file is opened.
 */
export async function openJournal(
  directory: string,
  wanted: number | null,
  write: WriteBytes = writeSync,
): Promise<Journal> {
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  const generations = names
    .map((name) => /^journal-(\d+)\.bin$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number);
  const generation =
    wanted !== null && generations.includes(wanted) ? wanted : Math.max(1, ...generations);
  return new FileJournal(directory, generation, write);
}

class FileJournal implements Journal {
  generation: number;
  size = 0;
  numbering: Numbering = { attempt: 0, batch: 0, step: 0 };
  private readonly directory: string;
  private readonly write: WriteBytes;
  private file: number;

  constructor(directory: string, generation: number, write: WriteBytes) {
    this.directory = directory;
    this.write = write;
    this.generation = generation;
    this.file = openSync(this.path(generation), "a+");
    this.recover();
    if (this.size === 0) {
      this.append({ kind: "header", ...this.numbering });
    }
  }

  private path(generation: number): string {
    return join(this.directory, `journal-${String(generation).padStart(6, "0")}.bin`);
  }

  private recover(): void {
    for (;;) {
      const found = this.read(this.size);
      if (found === null) {
        break;
      }
      this.count(found.record);
      this.size = found.next;
    }
    ftruncateSync(this.file, this.size);
  }

  private count(record: JournalRecord): void {
    if (record.kind === "header") {
      this.numbering = { attempt: record.attempt, batch: record.batch, step: record.step };
    } else if (record.kind === "attempt") {
      this.numbering = { attempt: record.attempt, batch: 0, step: record.fromStep };
    } else if (record.kind === "log") {
      const { batch, steps } = record.body;
      this.numbering = {
        ...this.numbering,
        batch,
        step: Math.max(this.numbering.step, steps.at(-1) ?? 0),
      };
    }
  }

  append(record: JournalRecord): void {
    const payload = Buffer.from(JSON.stringify(record));
    const frame = Buffer.alloc(FRAME + payload.length);
    frame.writeUInt32LE(payload.length, 0);
    frame.writeUInt32LE(crc32(payload), 4);
    payload.copy(frame, FRAME);
    writeWhole(this.file, frame, { size: this.size, write: this.write });
    this.size += frame.length;
    this.count(record);
  }

  read(offset: number): { record: JournalRecord; next: number } | null {
    const head = Buffer.alloc(FRAME);
    if (readSync(this.file, head, 0, FRAME, offset) < FRAME) {
      return null;
    }
    const payload = Buffer.alloc(Math.min(head.readUInt32LE(0), 64 * 1024 * 1024));
    if (
      readSync(this.file, payload, 0, payload.length, offset + FRAME) < payload.length ||
      crc32(payload) !== head.readUInt32LE(4)
    ) {
      return null;
    }
    return {
      record: JournalRecord.parse(JSON.parse(payload.toString("utf8"))),
      next: offset + FRAME + payload.length,
    };
  }

  sync(): Promise<void> {
    return syncData(this.file);
  }

  turn(acknowledged: number): number | null {
    if (acknowledged < this.size || this.size < TURN_AT_BYTES) {
      return null;
    }
    closeSync(this.file);
    this.generation += 1;
    this.file = openSync(this.path(this.generation), "a+");
    ftruncateSync(this.file, 0);
    this.size = 0;
    this.append({ kind: "header", ...this.numbering });
    fsyncSync(this.file);
    return 0;
  }

  async removeOld(): Promise<void> {
    for (let old = this.generation - 1; old > 0; old -= 1) {
      const path = this.path(old);
      if ((await rm(path).catch(() => "gone")) === "gone") {
        return;
      }
    }
  }

  close(): void {
    closeSync(this.file);
  }
}
