import type { z } from "zod";
import { MEMBER_REF, toMemberRef } from "../auth/member-ref.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { Activity, Profile } from "./contract.ts";

const PAGE = 20;
const EXCERPT = 240;

/** What everybody may know of a member. A deleted one is found under its new name and has nothing to show. */
export async function readProfile(
  db: Db,
  { name, now }: { name: string; now: number },
): Promise<Profile> {
  const row = await db.member.findUnique({
    where: { nameKey: name.toLowerCase() },
    select: {
      ...MEMBER_REF,
      ...{ bio: true, website: true, githubLogin: true, createdAt: true, suspendedUntil: true },
    },
  });
  if (row === null) {
    throw new AppError("not_found", `There is no member called ${name}. Check the spelling.`);
  }
  const own = { authorId: row.id, state: "visible" };
  const [posts, reactions, answers] = await Promise.all([
    db.forumPost.count({ where: own }),
    db.forumReaction.count({ where: { post: own } }),
    countAnswers(db, row.id),
  ]);
  const suspended = row.suspendedUntil !== null && row.suspendedUntil.getTime() > now;
  return {
    ...toMemberRef(row),
    bio: row.bio,
    website: row.website,
    github: row.githubLogin,
    since: row.createdAt.toISOString(),
    suspendedUntil: suspended ? (row.suspendedUntil?.toISOString() ?? null) : null,
    posts,
    reactions,
    answers,
  };
}

async function countAnswers(db: Db, authorId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from "ForumThread" t join "ForumPost" p on p.id = t."answerPostId"
    where p."authorId" = ${authorId} and p.state = 'visible' and t.state = 'visible'`;
  return row?.count ?? 0;
}

/** A member's visible posts, newest first. */
export async function listActivity(
  db: Db,
  { name, cursor }: { name: string; cursor?: number | null | undefined },
): Promise<z.infer<typeof Activity>> {
  const rows = await db.forumPost.findMany({
    where: {
      authorId: await idOf(db, name),
      state: "visible",
      thread: { state: "visible" },
      ...(cursor == null ? {} : { id: { lt: cursor } }),
    },
    select: {
      ...{ id: true, threadId: true, number: true, body: true, createdAt: true },
      thread: { select: { title: true } },
    },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  return {
    items: shown.map((row) => ({
      postId: row.id,
      threadId: row.threadId,
      number: row.number ?? 1,
      title: row.thread.title,
      excerpt: row.body.replaceAll(/\s+/g, " ").slice(0, EXCERPT),
      at: row.createdAt.toISOString(),
    })),
    next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
}

async function idOf(db: Db, name: string): Promise<string> {
  const member = await db.member.findUnique({
    where: { nameKey: name.toLowerCase() },
    select: { id: true },
  });
  return member?.id ?? "";
}
