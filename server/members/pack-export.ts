import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import type { Blobs } from "../platform/blobs.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { listMemberColumns } from "./member-tables.ts";

const KEPT_MS = 7 * 86_400_000;
const ROWS = 2_000;
/** What proves who one is, and helps nobody else to be told. */
const SECRETS = ["hash", "passwordHash", "totpSecret", "totpLastStep"];

const ABOUT = `Everything that this portal keeps about you, as JSON: one file for each table and each of its columns that names
you. Each file is a list of rows. Secrets (hashes of passwords, tokens and links) are left out; they would tell nobody anything.

这里是本站保存的有关您的全部数据，格式为 JSON：每个数据表中指向您的每一列各有一个文件，文件内容为若干行记录。密码、令牌和
链接的哈希值已略去，它们对任何人都没有意义。
`;

type Packing = { db: PrismaClient; pool: Pool; blobs: Blobs; dataDir: string; now: () => number };

/** Where an export lies. */
export const exportPath = (dataDir: string, id: string): string =>
  join(dataDir, "exports", `${id}.zip`);

/** Packs a member's data and says how far it is; the file appears whole or not at all. */
export async function packExport(packing: Packing, exportId: string): Promise<string | null> {
  const { db, dataDir, now } = packing;
  const asked = await db.memberExport.findUnique({
    where: { id: exportId },
    select: { memberId: true, state: true },
  });
  if (asked === null || asked.state === "ready") {
    return null;
  }
  const path = exportPath(dataDir, exportId);
  await mkdir(join(dataDir, "exports"), { recursive: true, mode: 0o700 });
  try {
    await writeZip(packing, { exportId, memberId: asked.memberId, path: `${path}.part` });
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    await db.memberExport.updateMany({ where: { id: exportId }, data: { state: "failed" } });
    throw error;
  }
  await rename(`${path}.part`, path);
  const { size } = await stat(path);
  await db.memberExport.update({
    where: { id: exportId },
    data: {
      state: "ready",
      bytes: BigInt(size),
      finishedAt: new Date(now()),
      expiresAt: new Date(now() + KEPT_MS),
    },
  });
  return asked.memberId;
}

type Target = { exportId: string; memberId: string; path: string };

async function writeZip(
  { db, pool, blobs }: Packing,
  { exportId, memberId, path }: Target,
): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600 });
  const ended = once(file, "close");
  const zip = new Zip((error, chunk, last) => {
    if (error !== null) {
      file.destroy(error);
    } else {
      file.write(chunk);
    }
    if (last) {
      file.end();
    }
  });
  const add = (name: string, text: string) => {
    const entry = new ZipDeflate(name);
    zip.add(entry);
    entry.push(Buffer.from(text), true);
  };
  const columns = await listMemberColumns(pool);
  const tell = (done: number) =>
    db.memberExport.update({
      where: { id: exportId },
      data: { state: "packing", done, parts: columns.length + 2 },
    });
  await tell(0);
  add("README.txt", ABOUT);
  add("Member.json", await readRows(pool, { table: '"Member"', column: "id" }, memberId));
  for (const [index, column] of columns.entries()) {
    const name = `${column.table}-${column.column}.json`.replaceAll('"', "");
    const rows = await readRows(pool, column, memberId);
    if (rows !== "[]\n") {
      add(name, rows);
    }
    await tell(index + 1);
  }
  for (const { name, bytes } of await readPictures(db, blobs, memberId)) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    entry.push(bytes, true);
  }
  zip.end();
  await ended;
}

/** The rows of one table, read a stretch at a time so that a long history stays out of the database's memory. */
async function readRows(
  pool: Pool,
  { table, column }: { table: string; column: string },
  memberId: string,
): Promise<string> {
  const parts: string[] = [];
  for (let offset = 0; ; offset += ROWS) {
    const { rows } = await pool.query<{ row: string }>(
      `select (to_jsonb(t) - $2::text[])::text as row from ${table} t where t.${column} = $1
       order by t.ctid limit ${ROWS} offset ${offset}`,
      [memberId, SECRETS],
    );
    parts.push(...rows.map(({ row }) => row));
    if (rows.length < ROWS) {
      return parts.length === 0 ? "[]\n" : `[\n${parts.join(",\n")}\n]\n`;
    }
  }
}

async function readPictures(db: PrismaClient, blobs: Blobs, memberId: string) {
  const member = await db.member.findUniqueOrThrow({
    where: { id: memberId },
    select: { avatarSha256: true },
  });
  const images = await db.forumImage.findMany({ where: { memberId }, select: { sha256: true } });
  const wanted = [member.avatarSha256, ...images.map(({ sha256 }) => sha256)];
  const found: { name: string; bytes: Uint8Array }[] = [];
  for (const sha256 of new Set(wanted)) {
    const bytes = sha256 === null ? null : await readFile(blobs.pathOf(sha256)).catch(() => null);
    if (bytes !== null) {
      found.push({ name: `pictures/${sha256}.webp`, bytes });
    }
  }
  return found;
}
