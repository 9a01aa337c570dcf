import { MEMBER_REF, toMemberRef } from "../auth/member-ref.ts";
import type { Db } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import {
  type AskFamily,
  type FamilyDetail,
  FORMATS,
  type Format,
  FormatFigures,
  isGatedPath,
  Prose,
  type ReleaseDetail,
  type ReleaseFormat,
} from "./contract.ts";
import { readCard } from "./read-card.ts";
import { refuse } from "./refuse.ts";
import { offered, RELEASE_ITEM, toReleaseItem } from "./release-item.ts";

type Tools = { db: Db; pool: Pool };

/** A line of models, its releases, and one of them whole. */
export async function readFamily(tools: Tools, asked: AskFamily): Promise<FamilyDetail> {
  const family = await tools.db.modelFamily.findUnique({
    where: { id: asked.id },
    select: {
      id: true,
      title: true,
      summary: true,
      releases: { select: RELEASE_ITEM, orderBy: { createdAt: "desc" } },
    },
  });
  if (family === null) {
    throw refuse("no-model");
  }
  const releases = family.releases.map(toReleaseItem);
  const chosen =
    asked.version === undefined
      ? (offered(releases) ?? releases[0] ?? null)
      : releases.find(({ version }) => version === asked.version);
  if (chosen === undefined) {
    throw refuse("no-release");
  }
  return {
    id: family.id,
    title: family.title,
    summary: family.summary as FamilyDetail["summary"],
    releases,
    release: chosen === null ? null : await readRelease(tools, chosen.id),
  };
}

async function readRelease({ db, pool }: Tools, id: string): Promise<ReleaseDetail> {
  const row = await db.release.findUniqueOrThrow({
    where: { id },
    select: {
      ...RELEASE_ITEM,
      familyId: true,
      checkpointId: true,
      gated: true,
      authorId: true,
      approvedById: true,
      yankedAt: true,
      reason: true,
      manifestSha256: true,
      prose: true,
      checkpoint: {
        select: { ...RELEASE_ITEM.checkpoint.select, attempt: true },
      },
      formats: true,
      files: { orderBy: { path: "asc" } },
    },
  });
  const [author, approvedBy, downloads, before] = await Promise.all([
    readMember(db, row.authorId),
    row.approvedById === null ? null : readMember(db, row.approvedById),
    countByPath(db, id),
    releaseBefore(db, { familyId: row.familyId, than: row.publishedAt ?? new Date() }),
  ]);
  return {
    ...toReleaseItem(row),
    family: row.familyId,
    checkpointId: row.checkpointId,
    attempt: row.checkpoint.attempt,
    gated: row.gated,
    author,
    approvedBy,
    yankedAt: row.yankedAt?.getTime() ?? null,
    reason: row.reason,
    manifestSha256: row.manifestSha256,
    prose: Prose.parse(row.prose),
    formats: sortFormats(row.formats),
    files: row.files.map(({ path, format, size, sha256 }) => ({
      path,
      format: format as Format | null,
      size: Number(size),
      sha256,
      gated: row.gated && isGatedPath(path),
      downloads: downloads.get(path) ?? 0,
    })),
    card: await readCard({ db, pool }, { checkpointId: row.checkpointId, before }),
  };
}

type FormatRow = Omit<ReleaseFormat, "name" | "state" | "stage" | "figures"> & {
  name: string;
  state: string;
  stage: string | null;
  figures: unknown;
};

function sortFormats(rows: FormatRow[]): ReleaseFormat[] {
  const place = ({ name }: { name: string }) => FORMATS.indexOf(name as Format);
  return rows
    .toSorted((a, b) => place(a) - place(b))
    .map(({ name, state, stage, progress, message, figures }) => ({
      name: name as Format,
      state: state as ReleaseFormat["state"],
      stage: stage as ReleaseFormat["stage"],
      progress,
      message,
      figures: figures === null ? null : FormatFigures.parse(figures),
    }));
}

async function readMember(db: Db, id: string) {
  return toMemberRef(await db.member.findUniqueOrThrow({ where: { id }, select: MEMBER_REF }));
}

async function countByPath(db: Db, subjectId: string): Promise<Map<string, number>> {
  const rows = await db.downloadCount.groupBy({
    by: ["path"],
    where: { subjectId },
    _sum: { count: true },
  });
  return new Map(rows.map(({ path, _sum }) => [path, _sum.count ?? 0]));
}

async function releaseBefore(
  db: Db,
  { familyId, than }: { familyId: string; than: Date },
): Promise<{ version: string; checkpointId: string } | null> {
  return await db.release.findFirst({
    where: { familyId, publishedAt: { lt: than }, state: { in: ["published", "superseded"] } },
    orderBy: { publishedAt: "desc" },
    select: { version: true, checkpointId: true },
  });
}
