import { TrainerError } from "../trainer-error.ts";

const BLOCK = 512;
/** Kinds of entry: files (old archives write a zero byte), and those that only give the next entry its name. */
const REGULAR = new Set(["0", "\0"]);
const NAMING = new Set(["x", "L"]);

export type TarFile = { path: string; content: Buffer };

/**
 * Reads the regular files of a tar stream whose path passes `wanted`; the others are skipped without being kept.
 * Understands ustar prefixes and the long names of pax (`x`) and GNU (`L`) headers, which is what npm's archives use.
 */
export async function* readTar(
  stream: AsyncIterable<Buffer>,
  wanted: (path: string) => boolean,
): AsyncGenerator<TarFile> {
  const reader = new BlockReader(stream);
  let longName: string | null = null;
  for (;;) {
    const header = await reader.take(BLOCK);
    if (header === null || header.every((byte) => byte === 0)) {
      return;
    }
    const size = octal(header, 124, 12);
    const kind = String.fromCharCode(header[156] ?? 0);
    const path: string = longName ?? nameOf(header);
    longName = null;
    if (NAMING.has(kind)) {
      const body = await reader.need(size);
      longName = kind === "L" ? text(body, 0, size) : paxPath(body);
    } else if (REGULAR.has(kind) && wanted(path)) {
      yield { path, content: Buffer.from(await reader.need(size)) };
    } else {
      await reader.skip(size);
    }
    await reader.skip((BLOCK - (size % BLOCK)) % BLOCK);
  }
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 345, 155);
  const name = text(header, 0, 100);
  return prefix === "" ? name : `${prefix}/${name}`;
}

function text(bytes: Buffer, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString("utf8");
}

function octal(header: Buffer, from: number, length: number): number {
  const value = Number.parseInt(text(header, from, length).trim() || "0", 8);
  if (Number.isNaN(value)) {
    throw damaged();
  }
  return value;
}

/** A pax record is `LENGTH key=value\n`, LENGTH counting itself. */
function paxPath(body: Buffer): string | null {
  for (let at = 0; at < body.length; ) {
    const length = Number.parseInt(body.toString("utf8", at, body.indexOf(32, at)), 10);
    if (!(length > 0)) {
      return null;
    }
    const record = body.toString("utf8", at, at + length - 1);
    const value = record.match(/^\d+ path=([\s\S]*)$/);
    if (value?.[1] !== undefined) {
      return value[1];
    }
    at += length;
  }
  return null;
}

function damaged(): TrainerError {
  return new TrainerError(
    "data",
    "The archive is damaged or cut short. Start again: it is fetched anew.",
  );
}

/** Cuts a stream of arbitrary chunks into pieces of the asked sizes. */
class BlockReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** The next `size` bytes, or null when the stream has ended exactly here. */
  async take(size: number): Promise<Buffer | null> {
    const parts = [this.rest];
    let have = this.rest.length;
    while (have < size) {
      const { done, value } = await this.chunks.next();
      if (done === true) {
        if (have === 0) {
          return null;
        }
        throw damaged();
      }
      parts.push(value);
      have += value.length;
    }
    const all = parts.length === 1 ? this.rest : Buffer.concat(parts);
    this.rest = all.subarray(size);
    return all.subarray(0, size);
  }

  async need(size: number): Promise<Buffer> {
    const bytes = size === 0 ? Buffer.alloc(0) : await this.take(size);
    if (bytes === null) {
      throw damaged();
    }
    return bytes;
  }

  async skip(size: number): Promise<void> {
    let left = size;
    while (left > 0) {
      const step = Math.min(left, Math.max(this.rest.length, BLOCK));
      await this.need(step);
      left -= step;
    }
  }
}
