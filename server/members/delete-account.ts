import type { z } from "zod";
import type { MemberActor } from "../auth/actor.ts";
import { verifyPassword } from "../auth/password.ts";
import { takeLimit } from "../auth/take-limit.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { randomName } from "../platform/ids.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { DeleteAccount } from "./contract.ts";
import { listMemberColumns, type MemberColumn } from "./member-tables.ts";

/** What nobody else reads, in tables whose rows do not go with the member's by themselves. */
const PRIVATE = ['"ForumDraft"', '"ForumReading"', '"ForumSubscription"'];

type Input = z.infer<typeof DeleteAccount> & { actor: MemberActor; now: number };

/**
 * Deletes an account: whatever was private goes, what others read and answered to stays under a name that says nothing.
 * Votes and decisions stand under the same name. There is no way back.
 */
export async function deleteAccount(
  { db, pool }: { db: PrismaClient; pool: Pool },
  { actor, name, password, now }: Input,
): Promise<void> {
  const { memberId } = actor;
  await takeLimit(pool, { action: "sign-in.account", actor, key: memberId, now });
  if (name.toLowerCase() !== actor.name.toLowerCase()) {
    throw new AppError("bad_request", "This is not your name. Type it as it stands above.", {
      details: { reason: "name-differs" },
    });
  }
  await requirePassword(db, memberId, password);
  const columns = await listMemberColumns(pool);
  await db.$transaction(async (tx) => {
    await refuseLastAdmin(tx, memberId);
    for (const column of columns.filter(isPrivate)) {
      await tx.$executeRawUnsafe(
        `delete from ${column.table} where ${column.column} = $1`,
        memberId,
      );
    }
    const pseudonym = await empty(tx, memberId, now);
    // What others were told carries the name as a text.
    await tx.$executeRaw`
      update "Notification" set data = jsonb_set(data, '{author}', to_jsonb(${pseudonym}::text))
      where data->>'author' = ${actor.name}`;
  });
}

const isPrivate = ({ table, cascades }: MemberColumn): boolean =>
  cascades || PRIVATE.includes(table);

async function requirePassword(db: Db, id: string, password: string | undefined): Promise<void> {
  const { passwordHash } = await db.member.findUniqueOrThrow({
    where: { id },
    select: { passwordHash: true },
  });
  if (passwordHash !== null && !(await verifyPassword(passwordHash, password ?? ""))) {
    throw new AppError("forbidden", "This is not your present password. Try again.", {
      details: { reason: "password-wrong" },
    });
  }
}

async function refuseLastAdmin(tx: Db, memberId: string): Promise<void> {
  const admins = await tx.$queryRaw<{ memberId: string }[]>`
    select "memberId" from "MemberRole" where role = 'admin' order by "memberId" for update`;
  if (admins.length === 1 && admins[0]?.memberId === memberId) {
    throw new AppError("conflict", "You are the last admin. Name another one first.", {
      details: { reason: "last-admin" },
    });
  }
}

async function empty(tx: Db, id: string, now: number): Promise<string> {
  const pseudonym = `deleted-${randomName(8)}`;
  await tx.member.update({
    where: { id },
    data: {
      name: pseudonym,
      nameKey: pseudonym,
      ...{ email: null, emailKey: null, emailVerifiedAt: null, passwordHash: null },
      ...{ githubId: null, githubLogin: null, bio: "", website: "", avatarSha256: null },
      ...{ totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
      ...{ trust: 0, digest: "never", digestSentAt: null },
      deletedAt: new Date(now),
    },
  });
  return pseudonym;
}
