import { z } from "zod";
import type { Mail } from "../auth/send-mail.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { lastDue, PERIOD_MS, type Rhythm } from "./last-due.ts";
import { notificationSentence } from "./notification-sentence.ts";
import { unsubscribeToken } from "./unsubscribe-token.ts";
import { writeDigest } from "./write-digest.ts";

/** Something that is new for everybody: a title and what stands below it, of public content only. */
export type DigestSection = {
  title: { en: string; zh: string };
  read: (db: PrismaClient, since: Date) => Promise<{ title: string; path: string }[]>;
};

type DigestTools = {
  db: PrismaClient;
  key: Buffer;
  /** The portal's own address. */
  origin: string;
  send: (mail: Mail) => Promise<void>;
  sections: readonly DigestSection[];
};

/** Notifications that a mail names one by one. */
const MOST = 30;
const Data = z.record(z.string(), z.unknown());

type Reader = {
  id: string;
  name: string;
  email: string;
  language: "en" | "zh";
  rhythm: Rhythm;
  sentAt: Date | null;
};

/**
 * Mails a member what is new since the last mail, when one is due and there is anything. The time is claimed before
 * the mail goes out, so that nobody gets it twice; a mail that does not leave gives the time back.
 */
export async function sendDigest(
  tools: DigestTools,
  { memberId, now }: { memberId: string; now: number },
): Promise<boolean> {
  const reader = await findReader(tools.db, { memberId, now });
  if (reader === null || !(await claim(tools.db, { reader, to: new Date(now) }))) {
    return false;
  }
  try {
    return await mailNews(tools, { reader, now });
  } catch (error) {
    await tools.db.member.updateMany({
      where: { id: memberId, digestSentAt: new Date(now) },
      data: { digestSentAt: reader.sentAt },
    });
    throw error;
  }
}

async function findReader(
  db: PrismaClient,
  { memberId, now }: { memberId: string; now: number },
): Promise<Reader | null> {
  const row = await db.member.findFirst({
    where: { id: memberId, deletedAt: null, emailVerifiedAt: { not: null } },
    select: { id: true, name: true, email: true, locale: true, digest: true, digestSentAt: true },
  });
  const rhythm = row?.digest;
  if (row === null || row.email === null || (rhythm !== "daily" && rhythm !== "weekly")) {
    return null;
  }
  const { id, name, email, digestSentAt: sentAt } = row;
  const due = sentAt === null || sentAt < lastDue(rhythm, now);
  return due
    ? { id, name, email, language: row.locale === "zh" ? "zh" : "en", rhythm, sentAt }
    : null;
}

async function claim(
  db: PrismaClient,
  { reader, to }: { reader: Reader; to: Date },
): Promise<boolean> {
  const { count } = await db.member.updateMany({
    where: { id: reader.id, digestSentAt: reader.sentAt },
    data: { digestSentAt: to },
  });
  return count === 1;
}

async function mailNews(
  { db, key, origin, send, sections }: DigestTools,
  { reader, now }: { reader: Reader; now: number },
): Promise<boolean> {
  const { id, name, email, language, rhythm, sentAt } = reader;
  const since = sentAt ?? new Date(now - PERIOD_MS[rhythm]);
  const [told, news] = await Promise.all([
    readTold(db, { reader, since }),
    Promise.all(
      sections.map(async ({ title, read }) => ({
        title: title[language],
        lines: (await read(db, since)).map((row) => ({ text: row.title, path: row.path })),
      })),
    ),
  ]);
  const filled = news.filter(({ lines }) => lines.length > 0);
  if (told.lines.length === 0 && filled.length === 0) {
    return false;
  }
  const token = unsubscribeToken(key, id);
  await send(
    writeDigest({
      ...{ to: email, name, language, rhythm, origin, token, sections: filled },
      ...{ told: told.lines, more: told.more },
    }),
  );
  return true;
}

/** Unread, not taken back, and of the kinds that this member wants in mails. */
async function readTold(db: PrismaClient, { reader, since }: { reader: Reader; since: Date }) {
  const mutes = await db.notificationMute.findMany({
    where: { memberId: reader.id, medium: "mail" },
    select: { kind: true },
  });
  const where = {
    ...{ memberId: reader.id, readAt: null, withdrawnAt: null, createdAt: { gt: since } },
    kind: { notIn: mutes.map(({ kind }) => kind) },
  };
  const [rows, count] = await Promise.all([
    db.notification.findMany({ where, orderBy: { id: "desc" }, take: MOST }),
    db.notification.count({ where }),
  ]);
  const lines = rows.map(({ kind, data, url }) => ({
    text: notificationSentence(reader.language, { kind, data: Data.parse(data) }),
    path: url,
  }));
  return { lines, more: count - lines.length };
}
