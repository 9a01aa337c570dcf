// A file arrives in as many pieces as the line allows. Each piece is appended to the upload and made durable before it
// is acknowledged; what a broken connection left behind stays, and the next piece goes on after it. The last byte
// starts the check: right, and the file moves to its final name and becomes part of the checkpoint; wrong, and it begins
// again at 0. An upload in progress is named by its declared SHA-256, so declaring another file never continues it.
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Blobs, fileSize, hashFile } from "../platform/blobs.ts";
import { AppError } from "../platform/errors.ts";
import { type Pool, transaction } from "../platform/pool.ts";
import { lockRun } from "../run-log/run-row.ts";
import type { UploadState } from "./contract.ts";
import { publishIfComplete } from "./publish-checkpoint.ts";

type Input = {
  checkpointId: string;
  name: string;
  /** Where in the file `body` begins; must be where the upload stands. */
  offset: number;
  body: Readable;
  now: () => number;
};
type Stores = { pool: Pool; blobs: Blobs };

/** Uploads that this process is receiving: a second writer of the same file would interleave its bytes. */
const receiving = new Set<string>();

/** Appends a piece and answers how far the file is. */
export async function receiveUpload(stores: Stores, input: Input): Promise<UploadState> {
  const file = await findDeclared(stores.pool, input);
  if (file.complete) {
    return toState(file, file.size);
  }
  const path = stores.blobs.uploadPath(input.checkpointId, file.sha256);
  if (receiving.has(path)) {
    throw new AppError(
      "conflict",
      "This file is being uploaded by another request. Wait for it, then ask for the offset by registering again.",
    );
  }
  receiving.add(path);
  try {
    if (!(await stores.blobs.has(file))) {
      const offset = await append(path, file, input);
      if (offset < file.size) {
        return toState(file, offset);
      }
      await verify(path, file);
      await stores.blobs.adopt(path, file.sha256);
    }
    await completeFile(stores.pool, file, input);
    return toState({ ...file, complete: true }, file.size);
  } finally {
    receiving.delete(path);
  }
}

type Declared = Omit<UploadState, "offset">;
type Found = Declared & { runId: string };

function toState({ name, size, sha256, complete }: Found, offset: number): UploadState {
  return { name, size, sha256, offset, complete };
}

const FIND = `
  select f.name, f.size, f.sha256, f."completedAt" is not null as complete, c."runId"
  from "CheckpointFile" f join "Checkpoint" c on c.id = f."checkpointId" where c.id = $1 and f.name = $2`;

async function findDeclared(pool: Pool, input: Input): Promise<Found> {
  const { rows } = await pool.query<Found>(FIND, [input.checkpointId, input.name]);
  const file = rows[0];
  if (file === undefined) {
    throw new AppError(
      "not_found",
      "This checkpoint has no file of that name. Declare it with POST /api/v1/runs/ID/checkpoints first.",
    );
  }
  return file;
}

async function append(path: string, file: Declared, { offset, body }: Input): Promise<number> {
  const standing = await fileSize(path);
  if (offset !== standing) {
    throw new AppError(
      "offset_mismatch",
      `This upload stands at byte ${standing}, not ${offset}. Send the rest with \`Upload-Offset: ${standing}\`.`,
      { details: { offset: standing } },
    );
  }
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, "a");
  try {
    // Not handle.createWriteStream: such a stream keeps the handle open, and closing it would wait for ever.
    await pipeline(body, bounded(file.size - standing), async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        await handle.appendFile(piece);
      }
    });
  } catch (error) {
    throw await explain(error, { handle, standing });
  } finally {
    await handle.sync().catch(() => undefined);
    await handle.close();
  }
  return await fileSize(path);
}

/** Lets `left` bytes through; one more is a mistake of the sender. */
function bounded(left: number): Transform {
  let room = left;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      room -= chunk.length;
      if (room >= 0) {
        done(null, chunk);
      } else {
        done(
          new AppError(
            "too_large",
            "More bytes came than the file was declared to have. None of this piece was kept; send the declared bytes only.",
          ),
        );
      }
    },
  });
}

type Place = { handle: FileHandle; standing: number };

/** What went wrong while bytes arrived. A broken line keeps what came; too many bytes are taken back. */
async function explain(error: unknown, { handle, standing }: Place): Promise<unknown> {
  if (error instanceof AppError) {
    await handle.truncate(standing);
    return error;
  }
  if ((error as NodeJS.ErrnoException).code === "ENOSPC") {
    return new AppError(
      "unavailable",
      "The portal's disk is full. What arrived is kept; tell its operator, and go on later.",
      { cause: error },
    );
  }
  return new AppError(
    "bad_request",
    "The piece ended before its announced length. What arrived is kept: register again to learn the offset, and go on there.",
    { cause: error },
  );
}

async function verify(path: string, file: Declared): Promise<void> {
  const actual = await hashFile(path);
  if (actual !== file.sha256 || (await fileSize(path)) !== file.size) {
    await rm(path, { force: true });
    throw new AppError(
      "sha256_mismatch",
      `The bytes of ${file.name} have another SHA-256 than declared. They were thrown away: send the file again from offset 0.`,
      { details: { expected: file.sha256, actual, offset: 0 } },
    );
  }
}

const COMPLETE = `
  update "CheckpointFile" set "completedAt" = $3 where "checkpointId" = $1 and name = $2 and sha256 = $4`;

async function completeFile(pool: Pool, file: Found, input: Input): Promise<void> {
  const { checkpointId, name } = input;
  const now = input.now();
  await transaction(pool, async (sql) => {
    await lockRun(sql, file.runId);
    await sql.query(COMPLETE, [checkpointId, name, new Date(now), file.sha256]);
    await publishIfComplete(sql, { checkpointId, runId: file.runId, now });
  });
}
