import { authenticateToken } from "../auth/authenticate-token.ts";
import { readActor } from "../auth/read-actor.ts";
import { requireMember } from "../auth/require.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { Pool } from "../platform/pool.ts";
import { licenceTexts } from "./licence-texts.ts";
import { listAcceptances } from "./list-acceptances.ts";

export type Downloader = {
  authorization: string | undefined;
  cookie: string | undefined;
  address: string;
  now: number;
  /** Where the texts are accepted: an address on this portal. */
  acceptAt: string;
};

type Tools = { db: Db; pool: Pool };

/**
 * Lets those through who accepted the licence that holds now: a member's session, or a member's token of scope download.
 * Everybody else is told which document is missing and where to accept it.
 */
export async function admitDownload(tools: Tools, asked: Downloader): Promise<void> {
  const memberId = await memberOf(tools, asked);
  const { current } = await listAcceptances(tools.db, memberId);
  if (current === null) {
    throw await missing(asked, "forbidden", "Accept them there");
  }
}

async function memberOf({ pool }: Tools, asked: Downloader): Promise<string> {
  const { authorization, cookie, address, now } = asked;
  if (authorization !== undefined) {
    const { memberId, scope } = await authenticateToken(pool, { authorization, now });
    if (memberId === null || scope !== "download") {
      throw new AppError(
        "forbidden",
        "This file is given to members who accepted its licence. Use a token of scope download that you made under Account.",
      );
    }
    return memberId;
  }
  const actor = await readActor(pool, { cookie, address, now });
  if (actor.kind === "visitor") {
    throw await missing(
      asked,
      "unauthorized",
      "Sign in and accept them there, or send a member's token",
    );
  }
  return requireMember(actor).memberId;
}

async function missing(
  { acceptAt }: Downloader,
  code: "forbidden" | "unauthorized",
  advice: string,
): Promise<AppError> {
  const { version, licence, risks } = await licenceTexts("en");
  return new AppError(
    code,
    `This file is offered under the licence ${version} and the notice of risks ${version}. ${advice}: ${acceptAt}`,
    {
      details: {
        reason: "licence-not-accepted",
        accept: acceptAt,
        documents: [
          { name: "licence", version, sha256: licence.sha256 },
          { name: "risks", version, sha256: risks.sha256 },
        ],
      },
    },
  );
}
