import { hashToken, newTokenSecret } from "../auth/token-secret.ts";
import type { Db } from "../platform/db.ts";

const LINK_MS = { sign_up: 24 * 3_600_000, reset: 3_600_000 };

export type IssueLink = {
  purpose: "sign_up" | "reset";
  email: string;
  memberId?: string;
  /** Roles that the new member gets. */
  grants?: string[];
  language: "en" | "zh";
  origin: string;
  now: number;
};

const PAGE = { sign_up: "sign-up/finish", reset: "reset/finish" };

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
