import { hashToken, newTokenSecret } from "../auth/token-secret.ts";
import type { Db } from "../platform/db.ts";

/** What a mailed link is for. */
export type LinkPurpose = "sign_up" | "reset" | "change_email";

const LINK_MS: Record<LinkPurpose, number> = {
  sign_up: 24 * 3_600_000,
  reset: 3_600_000,
  change_email: 24 * 3_600_000,
};

export type IssueLink = {
  purpose: LinkPurpose;
  email: string;
  memberId?: string;
  /** Roles that the new member gets. */
  grants?: string[];
  language: "en" | "zh";
  origin: string;
  now: number;
};

const PAGE: Record<LinkPurpose, string> = {
  sign_up: "sign-up/finish",
  reset: "reset/finish",
  change_email: "account/mail",
};

/** A link that is good once. Its secret stands behind the #, which browsers send to no server and into no log. */
export async function issueLink(db: Db, input: IssueLink): Promise<string> {
  const { purpose, email, memberId = null, grants = [], language, origin, now } = input;
  const secret = newTokenSecret();
  await db.mailToken.create({
    data: {
      hash: hashToken(secret),
      purpose,
      email,
      memberId,
      grants,
      createdAt: new Date(now),
      expiresAt: new Date(now + LINK_MS[purpose]),
    },
  });
  return `${origin}/${language}/${PAGE[purpose]}#${secret}`;
}
