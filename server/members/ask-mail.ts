import { z } from "zod";
import type { Actor } from "../auth/actor.ts";
import { takeLimit } from "../auth/take-limit.ts";
import type { Db } from "../platform/db.ts";
import { defineQueue, enqueue } from "../platform/jobs.ts";
import type { Sql } from "../platform/pool.ts";

/** A link that somebody asked for. Whether the address has an account is looked up by the worker only. */
export const LINK_MAILS = defineQueue({
  name: "members/send-link",
  schema: z.object({
    /** mail_changed carries no link to use: it tells the former address. */
    purpose: z.enum(["sign_up", "reset", "change_email", "mail_changed"]),
    email: z.string(),
    language: z.enum(["en", "zh"]),
    /** Who asked, where that is known. */
    memberId: z.string().optional(),
  }),
});

export type AskMailInput = z.infer<typeof LINK_MAILS.schema> & { actor: Actor; now: number };

/**
 * Asks for a link by mail. The answer and the work before it are the same for every address, so neither tells who has
 * an account: everything that differs happens in the worker.
 */
export async function askMail(
  { db, pool }: { db: Db; pool: Sql },
  { purpose, email, language, memberId, actor, now }: AskMailInput,
): Promise<void> {
  await takeLimit(pool, { action: "mail", actor, key: email.toLowerCase(), now });
  await enqueue(db, LINK_MAILS, { data: { purpose, email, language, memberId } });
}
