import { spawn } from "node:child_process";
import { rm, stat } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Blobs, hashFile } from "../platform/blobs.ts";
import type { Db, Prisma } from "../platform/db.ts";
import { layOutBlobs } from "../platform/lay-out-blobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { type Format, PackageMessage } from "./contract.ts";

type Tools = { db: PrismaClient; blobs: Blobs; dataDir: string; signal: AbortSignal };
type Job = { releaseId: string; format: Format };
type Made = Extract<PackageMessage, { files: string[] }>;

/** How often progress is written down, at most. */
const SAY_EVERY_MS = 500;
const TRAINER = join(import.meta.dirname, "../../trainer/main.ts");

/**
 * Builds one format of a draft: the trainer's program writes it, reads it again and compares its logits with the
 * source's; what it made becomes blobs. What went wrong stands on the format, for whoever drafted the release.
 */
export async function buildFormat(tools: Tools, job: Job): Promise<void> {
  const { db, dataDir } = tools;
  const where = { releaseId_name: { releaseId: job.releaseId, name: job.format } };
  const found = await db.releaseFormat.findUnique({
    where,
    select: { state: true, release: { select: { state: true, checkpointId: true } } },
  });
  if (found === null || found.state === "done" || found.release.state !== "draft") {
    return;
  }
  const place = join(dataDir, "work", `${job.releaseId}-${job.format}`);
  try {
    await rm(place, { recursive: true, force: true });
    const begun = { state: "building", stage: "write", progress: 0, message: null };
    await db.releaseFormat.update({ where, data: { ...begun, startedAt: new Date() } });
    await layOut(tools, {
      checkpointId: found.release.checkpointId,
      source: join(place, "source"),
    });
    const made = await runTrainer(tools, job, place);
    await store(tools, job, { made, out: join(place, "out") });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await db.releaseFormat.update({
      where,
      data: { state: "failed", message: message.slice(0, 500), doneAt: new Date() },
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** The checkpoint as a directory; the program checks every hash itself. */
async function layOut(
  { db, blobs }: Tools,
  { checkpointId, source }: { checkpointId: string; source: string },
): Promise<void> {
  const rows = await db.checkpointFile.findMany({ where: { checkpointId } });
  const files = rows.map(({ name, size, sha256 }) => ({ name, size: Number(size), sha256 }));
  await layOutBlobs(blobs, { folder: source, files });
}

async function runTrainer(tools: Tools, job: Job, place: string): Promise<Made> {
  const from = ["--checkpoint", join(place, "source"), "--out", join(place, "out")];
  const child = spawn(process.execPath, [TRAINER, "package", ...from, "--format", job.format], {
    stdio: ["ignore", "pipe", "pipe"],
    signal: tools.signal,
  });
  if (child.pid !== undefined) {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  }
  let complaint = "";
  child.stderr.on("data", (bytes: Buffer) => {
    complaint = (complaint + bytes.toString("utf8")).slice(-500);
  });
  const ended = new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  ended.catch(() => undefined);
  const made = await follow(tools, job, createInterface({ input: child.stdout }));
  const code = await ended;
  if (code !== 0 || made === null) {
    throw new Error(complaint.trim() || "The program that writes formats ended without a result.");
  }
  return made;
}

async function follow({ db }: Tools, job: Job, lines: AsyncIterable<string>): Promise<Made | null> {
  let said = 0;
  for await (const line of lines) {
    const message = PackageMessage.parse(JSON.parse(line));
    if ("files" in message) {
      return message;
    }
    if (Date.now() - said >= SAY_EVERY_MS) {
      said = Date.now();
      await tellProgress(db, job, message);
    }
  }
  return null;
}

async function tellProgress(
  db: Db,
  { releaseId, format }: Job,
  { stage, progress }: { stage: string; progress: number },
): Promise<void> {
  await db.releaseFormat.update({
    where: { releaseId_name: { releaseId, name: format } },
    data: { stage, progress },
  });
}

/** The folder of a format within the release. The root is the form that transformers looks for. */
const FOLDER: Record<Format, string> = {
  "hf-fp32": "",
  "hf-bf16": "bf16/",
  "hf-fp16": "fp16/",
  native: "native/",
  int8: "int8/",
};

async function store(
  { db, blobs }: Tools,
  { releaseId, format }: Job,
  { made, out }: { made: Made; out: string },
): Promise<void> {
  const files: Prisma.ReleaseFileCreateManyInput[] = [];
  for (const name of made.files) {
    const path = join(out, name);
    const [{ size }, sha256] = await Promise.all([stat(path), hashFile(path)]);
    if (!(await blobs.has({ sha256, size }))) {
      await blobs.adopt(path, sha256);
    }
    const own = { path: `${FOLDER[format]}${name}`, size: BigInt(size), sha256 };
    files.push({ releaseId, format, ...own });
  }
  await db.$transaction(async (tx) => {
    await tx.releaseFile.deleteMany({ where: { releaseId, format } });
    await tx.releaseFile.createMany({ data: files });
    await tx.releaseFormat.update({
      where: { releaseId_name: { releaseId, name: format } },
      data: {
        ...{ state: "done", stage: "store", progress: 1, message: null },
        ...{ figures: made.figures, doneAt: new Date() },
      },
    });
  });
}
