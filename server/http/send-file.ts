import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../platform/errors.ts";
import { randomName } from "../platform/ids.ts";
import { hasTag } from "./has-tag.ts";
import { type ByteRange, readRange } from "./range.ts";
import { takeTurn } from "./take-turn.ts";
import { readerWentAway, writeBytes } from "./write-bytes.ts";

/** Read at once. A reader of a large file gets two buffers of this size, which are used again until the end. */
const CHUNK_BYTES = 1024 * 1024;

export type SentFile = {
  /** Opens the bytes; throws an AppError when they cannot be had. */
  open: () => Promise<FileHandle>;
  size: number;
  /** Strong validator without its quotes: the content's SHA-256. */
  etag: string;
  contentType: string;
  lastModified: Date;
  headers: Record<string, string>;
  /** Hears which bytes went out, also of an answer that was cut off. */
  onSent?: ((range: ByteRange) => void) | undefined;
};

type Target = { req: IncomingMessage; res: ServerResponse };

/** Sends a file or the asked parts of it: 200, 206 (one or several parts), 304 or 416; HEAD without a body. */
export async function sendFile({ req, res }: Target, file: SentFile): Promise<void> {
  const head = {
    ...file.headers,
    etag: `"${file.etag}"`,
    "last-modified": file.lastModified.toUTCString(),
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
  };
  if (hasTag(req.headers["if-none-match"], file.etag)) {
    res.writeHead(304, head).end();
    return;
  }
  const asked = readRange(rangeOf(req, file), file.size);
  if (asked.kind === "unsatisfiable") {
    res.setHeader("content-range", `bytes */${file.size}`);
    throw new AppError(
      "range_not_satisfiable",
      `The file has ${file.size} bytes and at most 16 separate parts of it are sent at once. Ask for bytes that exist.`,
      { details: { size: file.size } },
    );
  }
  const handle = await file.open();
  try {
    const body = asked.kind === "whole" ? wholeBody(file) : partsBody(file, asked.parts);
    res.writeHead(body.status, { ...head, ...body.headers });
    if (req.method === "HEAD") {
      res.end();
      return;
    }
    await sendPieces(res, handle, { pieces: body.pieces, onSent: file.onSent });
    res.end();
  } catch (error) {
    if (!readerWentAway(res, error)) {
      throw error;
    }
  } finally {
    await handle.close();
  }
}

type Piece = string | ByteRange;
type Body = { status: number; headers: Record<string, string | number>; pieces: Piece[] };

function wholeBody({ size, contentType }: SentFile): Body {
  const headers = { "content-type": contentType, "content-length": size };
  return { status: 200, headers, pieces: size === 0 ? [] : [{ start: 0, end: size - 1 }] };
}

function partsBody({ size, contentType }: SentFile, parts: ByteRange[]): Body {
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined) {
    const headers = {
      "content-type": contentType,
      "content-length": only.end - only.start + 1,
      "content-range": rangeText(only, size),
    };
    return { status: 206, headers, pieces: [only] };
  }
  const boundary = randomName(24);
  const pieces: Piece[] = [];
  for (const part of parts) {
    const lines = [
      `--${boundary}`,
      `Content-Type: ${contentType}`,
      `Content-Range: ${rangeText(part, size)}`,
    ];
    pieces.push(`${pieces.length === 0 ? "" : "\r\n"}${lines.join("\r\n")}\r\n\r\n`, part);
  }
  pieces.push(`\r\n--${boundary}--\r\n`);
  const headers = {
    "content-type": `multipart/byteranges; boundary=${boundary}`,
    "content-length": pieces.reduce((sum, piece) => sum + lengthOf(piece), 0),
  };
  return { status: 206, headers, pieces };
}

function rangeText({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}

function lengthOf(piece: Piece): number {
  return typeof piece === "string" ? Buffer.byteLength(piece) : piece.end - piece.start + 1;
}

async function sendPieces(
  res: ServerResponse,
  handle: FileHandle,
  { pieces, onSent }: { pieces: Piece[]; onSent: SentFile["onSent"] },
): Promise<void> {
  for (const piece of pieces) {
    if (typeof piece === "string") {
      await writeBytes(res, Buffer.from(piece));
    } else {
      const gone = { start: piece.start, end: piece.start - 1 };
      try {
        await sendRange(res, handle, { ...piece, gone });
      } finally {
        if (gone.end >= gone.start) {
          onSent?.(gone);
        }
      }
    }
  }
}

/**
 * Reads ahead by one buffer while the other is on its way. A buffer is filled again only when the system has taken all
 * of it, so memory stays the same however large the file and however slow its reader is. `gone` says how far it came.
 */
async function sendRange(
  res: ServerResponse,
  handle: FileHandle,
  { start, end, gone }: ByteRange & { gone: ByteRange },
): Promise<void> {
  const size = Math.min(CHUNK_BYTES, end - start + 1);
  let [filling, sending] = [Buffer.allocUnsafeSlow(size), Buffer.alloc(0)];
  let sent: Promise<void> = Promise.resolve();
  for (let position = start; position <= end; ) {
    const length = Math.min(size, end - position + 1);
    const { bytesRead } = await handle.read(filling, 0, length, position);
    if (bytesRead === 0) {
      throw new Error("A stored file is shorter than its size says.");
    }
    await sent;
    gone.end = position - 1;
    position += bytesRead;
    await takeTurn();
    sent = writeBytes(res, filling.subarray(0, bytesRead));
    // Heard where it is awaited; meanwhile a failure must not count as unheard.
    sent.catch(() => undefined);
    [filling, sending] = [sending, filling];
    if (filling.length === 0 && position <= end) {
      filling = Buffer.allocUnsafeSlow(size);
    }
  }
  await sent;
  gone.end = end;
}

/** The Range header, unless the method or a failed If-Range says to ignore it. */
function rangeOf(req: IncomingMessage, { etag, lastModified }: SentFile): string | undefined {
  const condition = req.headers["if-range"];
  const holds =
    condition === undefined ||
    condition === `"${etag}"` ||
    condition === lastModified.toUTCString();
  return req.method === "GET" && holds ? req.headers.range : undefined;
}
