import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { SaveDraft } from "./contract.ts";

type Saving = SaveDraft & { memberId: string; now: number };

/** Keeps what is being written. A browser that has not seen the newest version is told, and overwrites nothing. */
export async function saveDraft(db: Db, input: Saving): Promise<{ version: number }> {
  const { memberId, place, title, body, extra, version, now } = input;
  if (body.trim() === "" && title.trim() === "") {
    await db.forumDraft.deleteMany({ where: { memberId, place, version } });
    return { version: 0 };
  }
  const rows = await db.$queryRaw<{ version: number }[]>`
    insert into "ForumDraft" ("memberId", place, title, body, extra, version, "updatedAt")
    values (${memberId}, ${place}, ${title}, ${body}, ${JSON.stringify(extra)}::jsonb, ${version + 1}, ${new Date(now)})
    on conflict ("memberId", place) do update
      set title = excluded.title, body = excluded.body, extra = excluded.extra, version = excluded.version,
          "updatedAt" = excluded."updatedAt"
      where "ForumDraft".version = ${version}
    returning version`;
  const saved = rows[0];
  if (saved === undefined) {
    throw new AppError(
      "conflict",
      "This draft was changed in another window or device. Choose which of the two to keep.",
    );
  }
  return saved;
}
