import { mentionedNames, quotedPosts } from "../markdown/contract.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import type { Prisma } from "../platform/db.ts";
import type { NewlyShown } from "./newly-shown.ts";
import { postUrl } from "./post-url.ts";

type Tx = Prisma.TransactionClient;

/** More names than this in one post call nobody more. */
const MOST_MENTIONS = 10;

/** Tells each member about a post at most once, by what concerns that member most. The author is told nothing. */
export async function tellMembers(tx: Tx, post: NewlyShown): Promise<void> {
  const { id, thread, number, authorId, body } = post;
  const author = await tx.member.findUnique({ where: { id: authorId }, select: { name: true } });
  const subject = { type: "post", id: String(id), url: postUrl(thread.id, number) };
  const data = { author: author?.name ?? authorId, title: thread.title };
  const told = new Set([authorId]);
  const groups = [
    ["mention", await mentioned(tx, body)],
    ["quote", await quoted(tx, body)],
    ["reply", await followers(tx, { kind: "thread", targets: [String(thread.id)] })],
    ["thread", number === 1 ? await newcomersReaders(tx, thread) : []],
  ] as const;
  for (const [kind, found] of groups) {
    const memberIds = found.filter((memberId) => !told.has(memberId));
    await notifyMembers(tx, { memberIds, kind, subject, data });
    for (const memberId of memberIds) {
      told.add(memberId);
    }
  }
}

async function mentioned(tx: Tx, body: string): Promise<string[]> {
  const names = mentionedNames(body).slice(0, MOST_MENTIONS);
  if (names.length === 0) {
    return [];
  }
  const rows = await tx.member.findMany({
    where: { nameKey: { in: names } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

async function quoted(tx: Tx, body: string): Promise<string[]> {
  const posts = quotedPosts(body);
  if (posts.length === 0) {
    return [];
  }
  const rows = await tx.forumPost.findMany({
    where: { OR: posts, state: "visible" },
    select: { authorId: true },
  });
  return rows.map(({ authorId }) => authorId);
}

async function newcomersReaders(
  tx: Tx,
  { category, tags }: { category: string; tags: string[] },
): Promise<string[]> {
  const [byCategory, byTag] = await Promise.all([
    followers(tx, { kind: "category", targets: [category] }),
    followers(tx, { kind: "tag", targets: tags }),
  ]);
  return [...byCategory, ...byTag];
}

async function followers(
  tx: Tx,
  { kind, targets }: { kind: string; targets: string[] },
): Promise<string[]> {
  const rows = await tx.forumSubscription.findMany({
    where: { kind, target: { in: targets }, level: "watching" },
    select: { memberId: true },
  });
  return rows.map(({ memberId }) => memberId);
}
