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

/** Mails the link that was asked for, or what is true instead; to an unknown address a reset mails nothing. */
export async function sendLink(
  { db, origin, now, send }: Sending,
  { purpose, email, language }: z.infer<typeof LINK_MAILS.schema>,
): Promise<void> {
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
