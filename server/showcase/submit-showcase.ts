import type { MemberActor } from "../auth/actor.ts";
import { requireAllowed } from "../auth/require-allowed.ts";
import type { Prisma } from "../platform/db.ts";
import { enqueue } from "../platform/jobs.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { indexDocument } from "../search/index-document.ts";
import { LINK_KINDS, type ReviseShowcase, type SubmitShowcase } from "./contract.ts";
import { CHECK_LINKS } from "./link-queue.ts";
import { nameUse } from "./list-uses.ts";
import { lockOwn } from "./lock-own.ts";
import { refuse } from "./refuse.ts";

type Subject = { kind: string; id: string; title: string; authorId: string };
/** Opens the thread in which something is discussed. */
export type OpenThread = (tx: Prisma.TransactionClient, subject: Subject) => Promise<number>;
type Writing<T> = { text: T; actor: MemberActor; now: number; openThread: OpenThread };

/** Puts an application into the showcase, with an empty thread for comments; its links are checked soon after. */
export async function submitShowcase(
  db: PrismaClient,
  { text, actor, now, openThread }: Writing<SubmitShowcase>,
): Promise<number> {
  requireAllowed(actor, text.body);
  return await db.$transaction(async (tx) => {
    const at = new Date(now);
    const { id } = await tx.showcase.create({
      data: {
        ...(await fieldsOf(tx, text)),
        ...{ authorId: actor.memberId, stage: text.stage, createdAt: at, changedAt: at },
        stages: { create: { stage: text.stage, at } },
      },
      select: { id: true },
    });
    await follow(tx, { ...text, id, authorId: actor.memberId, at, openThread });
    return id;
  });
}

export async function reviseShowcase(
  db: PrismaClient,
  { text, actor, now, openThread }: Writing<ReviseShowcase>,
): Promise<void> {
  requireAllowed(actor, text.body);
  await db.$transaction(async (tx) => {
    const { createdAt } = await lockOwn(tx, text.id, actor);
    await tx.showcase.update({
      where: { id: text.id },
      data: { ...(await fieldsOf(tx, text)), changedAt: new Date(now) },
    });
    await follow(tx, { ...text, authorId: actor.memberId, at: createdAt, openThread });
  });
}

async function fieldsOf(tx: Prisma.TransactionClient, text: Omit<SubmitShowcase, "stage">) {
  const { title, summary, body, usesId, tags } = text;
  const usesName = usesId === null ? null : await nameUse(tx, usesId);
  if (usesName === undefined) {
    throw refuse("no-such-model");
  }
  return { title, summary, body, usesId, usesName, tags: [...new Set(tags)] };
}

type Written = Omit<SubmitShowcase, "stage"> & {
  id: number;
  authorId: string;
  at: Date;
  openThread: OpenThread;
};

/** What hangs on an application's text: its thread's title, its place in the search, the addresses to be checked. */
async function follow(tx: Prisma.TransactionClient, written: Written): Promise<void> {
  const { id, title, summary, body, tags, authorId, at } = written;
  await written.openThread(tx, { kind: "showcase", id: String(id), title, authorId });
  await indexDocument(tx, {
    ...{ kind: "showcase", id: String(id), title, url: `/showcase/${id}`, authorId, tags },
    ...{ text: `${summary}\n\n${body}`, place: "showcase", createdAt: at },
  });
  for (const kind of LINK_KINDS) {
    await setLink(tx, { id, kind, url: written[kind] });
  }
  await enqueue(tx, CHECK_LINKS, { data: {} });
}

type Link = { id: number; kind: string; url: string | null };

async function setLink(tx: Prisma.TransactionClient, { id, kind, url }: Link): Promise<void> {
  const where = { showcaseId: id, kind };
  if (url === null) {
    await tx.showcaseLink.deleteMany({ where });
    return;
  }
  const kept = await tx.showcaseLink.findFirst({
    where: { ...where, url },
    select: { kind: true },
  });
  if (kept === null) {
    await tx.showcaseLink.deleteMany({ where });
    await tx.showcaseLink.create({ data: { ...where, url } });
  }
}
