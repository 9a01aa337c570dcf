import type { z } from "zod";
import type { Mail } from "../auth/send-mail.ts";
import type { Db } from "../platform/db.ts";
import type { LINK_MAILS } from "./ask-mail.ts";
import { issueLink } from "./issue-link.ts";
import { LINK_TEXTS } from "./link-texts.ts";

type Sending = {
  db: Db;
  /** The portal's own address, from its settings: a request's Host header must not decide where a link leads. */
  origin: string;
  now: number;
  send: (mail: Mail) => Promise<void>;
};

type Asked = z.infer<typeof LINK_MAILS.schema>;

/** Mails the link that was asked for, or what is true instead; to an unknown address a reset mails nothing. */
export async function sendLink(sending: Sending, asked: Asked): Promise<void> {
  const { db, origin, now, send } = sending;
  const { purpose, email, language, memberId } = asked;
  if (purpose === "mail_changed") {
    const { subject, text } = LINK_TEXTS[language].changed;
    await send({ to: email, subject, text: text(`${origin}/${language}/members`) });
    return;
  }
  if (purpose === "change_email") {
    await sendChange(sending, { email, language, memberId: memberId ?? "" });
    return;
  }
  const member = await db.member.findUnique({
    where: { emailKey: email.toLowerCase() },
    select: { id: true, email: true },
  });
  const texts = LINK_TEXTS[language];
  if (purpose === "sign_up" && member !== null) {
    const { subject, text } = texts.known;
    await send({ to: member.email ?? email, subject, text: text(`${origin}/${language}/sign-in`) });
    return;
  }
  if (purpose === "reset" && member === null) {
    return;
  }
  const link = await issueLink(db, {
    purpose,
    email,
    language,
    origin,
    now,
    ...(member === null ? {} : { memberId: member.id }),
  });
  const { subject, text } = texts[purpose];
  // To the address that the account has, not as it was typed.
  await send({ to: member?.email ?? email, subject, text: text(link) });
}

type Change = Pick<Asked, "email" | "language"> & { memberId: string };

/** The new address gets the link, unless it has an account; the present one gets word of it. */
async function sendChange(
  { db, origin, now, send }: Sending,
  { email, language, memberId }: Change,
): Promise<void> {
  const texts = LINK_TEXTS[language];
  const [owner, member] = await Promise.all([
    db.member.findUnique({ where: { emailKey: email.toLowerCase() }, select: { id: true } }),
    db.member.findFirst({ where: { id: memberId, deletedAt: null }, select: { email: true } }),
  ]);
  if (member === null) {
    return;
  }
  if (owner === null) {
    const purpose = "change_email";
    const link = await issueLink(db, { purpose, email, memberId, language, origin, now });
    await send({ to: email, subject: texts.change.subject, text: texts.change.text(link) });
  } else {
    const link = `${origin}/${language}/sign-in`;
    await send({ to: email, subject: texts.taken.subject, text: texts.taken.text(link) });
  }
  if (member.email !== null) {
    const link = `${origin}/${language}/reset`;
    await send({ to: member.email, subject: texts.asked.subject, text: texts.asked.text(link) });
  }
}
