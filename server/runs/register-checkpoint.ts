import { Readable } from "node:stream";
import { type Blobs, fileSize } from "../platform/blobs.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { type Pool, type Sql, transaction } from "../platform/pool.ts";
import { type LockedRun, lockLivingRun } from "../run-log/run-row.ts";
import { boundedJson } from "./bounded-json.ts";
import {
  type DeclaredFile,
  LIMITS,
  type RegisterCheckpoint,
  type RegisteredCheckpoint,
  type UploadState,
} from "./contract.ts";
import { requireKnownAttempt } from "./current-attempt.ts";
import { publishIfComplete } from "./publish-checkpoint.ts";
import { receiveUpload } from "./receive-upload.ts";

type Input = { runId: string; checkpoint: RegisterCheckpoint; now: number };
type Stores = { pool: Pool; blobs: Blobs };
type FileRow = DeclaredFile & { completedAt: Date | null };

/**
 * Registers a checkpoint's files, or says what of them is still missing when it is registered already. A file whose
 * bytes are here (the same vocabulary in every checkpoint, say) needs no upload. Registering other files for the same
 * attempt and step replaces them while the checkpoint is not public, and is a `conflict` afterwards.
 */
export async function registerCheckpoint(
  { pool, blobs }: Stores,
  input: Input,
): Promise<RegisteredCheckpoint> {
  const { checkpoint, now } = input;
  refuseRepeatedNames(checkpoint.files);
  const present = await presentFiles(blobs, checkpoint.files);
  const id = await transaction(pool, async (sql) => {
    const run = await lockLivingRun(sql, input.runId);
    requireKnownAttempt(run, checkpoint.attempt);
    const standing = await findOrInsert(sql, run, input);
    await declareFiles(sql, standing, checkpoint.files);
    await completePresent(sql, { id: standing.id, names: present, now });
    await publishIfComplete(sql, { checkpointId: standing.id, runId: run.id, now });
    return standing.id;
  });
  const state = await readUploads({ pool, blobs }, id);
  const arrived = state.files.filter((file) => !file.complete && file.offset === file.size);
  if (arrived.length === 0) {
    return state;
  }
  await checkArrived({ pool, blobs }, { id, files: arrived, now });
  return await readUploads({ pool, blobs }, id);
}

/**
 * Files that lack only their check: empty ones, and those whose last byte came just before the portal was killed.
 * One that turns out wrong begins again at 0, as its state then says.
 */
async function checkArrived(
  stores: Stores,
  { id, files, now }: { id: string; files: UploadState[]; now: number },
): Promise<void> {
  for (const { name, size } of files) {
    try {
      const body = Readable.from([]);
      await receiveUpload(stores, { checkpointId: id, name, offset: size, body, now: () => now });
    } catch (error) {
      if (!(error instanceof AppError) || size === 0) {
        throw error;
      }
    }
  }
}

type Standing = { id: string; completedAt: Date | null };

const FIND = `select id, "completedAt" from "Checkpoint" where "runId" = $1 and attempt = $2 and step = $3`;
const INSERT = `
  insert into "Checkpoint" (id, "runId", attempt, step, tokens, metrics, "createdAt")
  values ($1, $2, $3, $4, $5, $6, $7)`;

async function findOrInsert(
  sql: Sql,
  run: LockedRun,
  { checkpoint, now }: Input,
): Promise<Standing> {
  const { attempt, step, tokens, metrics } = checkpoint;
  const { rows } = await sql.query<Standing>(FIND, [run.id, attempt, step]);
  if (rows[0] !== undefined) {
    return rows[0];
  }
  const id = newId("ckpt");
  const text = boundedJson(metrics, { what: "metrics", limitBytes: LIMITS.configBytes });
  await sql.query(INSERT, [id, run.id, attempt, step, tokens ?? null, text, new Date(now)]);
  return { id, completedAt: null };
}

const FILES = `select name, size, sha256, "completedAt" from "CheckpointFile" where "checkpointId" = $1 order by name`;
const DROP = `delete from "CheckpointFile" where "checkpointId" = $1 and name = any($2)`;
const DECLARE = `insert into "CheckpointFile" ("checkpointId", name, size, sha256) values ($1, $2, $3, $4)`;

async function declareFiles(
  sql: Sql,
  { id, completedAt }: Standing,
  files: DeclaredFile[],
): Promise<void> {
  const { rows } = await sql.query<FileRow>(FILES, [id]);
  const known = new Set(rows.map(identity));
  const wanted = new Set(files.map(identity));
  const stale = rows.filter((row) => !wanted.has(identity(row)));
  const fresh = files.filter((file) => !known.has(identity(file)));
  if (completedAt !== null && (stale.length > 0 || fresh.length > 0)) {
    throw new AppError(
      "conflict",
      "This step's checkpoint is public already, with other files. Open a new attempt to train the step again.",
      { details: { checkpointId: id } },
    );
  }
  await sql.query(DROP, [id, stale.map((file) => file.name)]);
  for (const { name, size, sha256 } of fresh) {
    await sql.query(DECLARE, [id, name, size, sha256]);
  }
}

function identity({ name, size, sha256 }: DeclaredFile): string {
  return `${name}/${size}/${sha256}`;
}

function refuseRepeatedNames(files: DeclaredFile[]): void {
  const names = new Set(files.map((file) => file.name.toLowerCase()));
  if (names.size < files.length) {
    throw new AppError(
      "bad_request",
      "Two files have the same name (upper and lower case count as the same). Rename one.",
    );
  }
}

async function presentFiles(blobs: Blobs, files: DeclaredFile[]): Promise<string[]> {
  const present: string[] = [];
  for (const file of files) {
    if (await blobs.has(file)) {
      present.push(file.name);
    }
  }
  return present;
}

const COMPLETE = `
  update "CheckpointFile" set "completedAt" = $3
  where "checkpointId" = $1 and name = any($2) and "completedAt" is null`;

async function completePresent(
  sql: Sql,
  { id, names, now }: { id: string; names: string[]; now: number },
): Promise<void> {
  await sql.query(COMPLETE, [id, names, new Date(now)]);
}

/** How far each file's upload is. */
async function readUploads({ pool, blobs }: Stores, id: string): Promise<RegisteredCheckpoint> {
  const { rows } = await pool.query<FileRow>(FILES, [id]);
  const files: UploadState[] = [];
  for (const { name, size, sha256, completedAt } of rows) {
    const complete = completedAt !== null;
    const offset = complete ? size : await fileSize(blobs.uploadPath(id, sha256));
    files.push({ name, size, sha256, offset, complete });
  }
  return { id, complete: files.every((file) => file.complete), files };
}
