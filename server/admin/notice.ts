import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { Db } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { Notice } from "./contract.ts";

const NAME = "notice";

/** What stands above every page; empty texts where there is nothing to say. */
export async function readNotice(db: Db): Promise<Notice> {
  const rows = await db.siteText.findMany({ where: { name: NAME } });
  const text = (locale: string) => rows.find((row) => row.locale === locale)?.text ?? "";
  return { en: text("en"), zh: text("zh") };
}

type Saving = { notice: Notice; reason: string; actor: MemberActor; now: number };

export async function saveNotice(
  db: PrismaClient,
  { notice, reason, actor, now }: Saving,
): Promise<void> {
  await db.$transaction(async (tx) => {
    for (const locale of ["en", "zh"] as const) {
      const text = { text: notice[locale], changedAt: new Date(now) };
      await tx.siteText.upsert({
        where: { name_locale: { name: NAME, locale } },
        create: { name: NAME, locale, ...text },
        update: text,
      });
    }
    await recordDecision(tx, {
      ...{ kind: "site.notice", subject: { type: "text", id: NAME }, actorId: actor.memberId },
      ...{ reason, now },
    });
  });
}
