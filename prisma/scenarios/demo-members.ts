import { randomBytes } from "node:crypto";
import { authenticator } from "otplib";
import { GUARDED_ROLES, type Role } from "#server/auth/actor.ts";
import { hashPassword } from "#server/auth/password.ts";
import { seal } from "#server/auth/seal.ts";
import { addMember } from "#server/members/add-member.ts";
import { grantRole } from "#server/members/grant-role.ts";
import { readEnv } from "#server/platform/env.ts";
import { portalKey } from "#server/platform/portal-key.ts";
import type { PrismaClient } from "#server/platform/prisma-client/client.ts";

/** Accounts that are called what they are: nobody invented speaks here. */
const DEMO: readonly { name: string; roles: Role[] }[] = [
  { name: "demo-member", roles: [] },
  { name: "demo-reader", roles: [] },
  { name: "demo-volunteer", roles: ["volunteer"] },
  { name: "demo-engineer", roles: ["engineer"] },
  { name: "demo-second-engineer", roles: ["engineer"] },
  { name: "demo-moderator", roles: ["moderator"] },
  { name: "demo-second-moderator", roles: ["moderator"] },
  { name: "demo-admin", roles: ["admin"] },
];

/**
 * Adds the accounts that are missing. Each gets a password of its own, made now and told once: a demo that is reached
 * from outside has no account that anybody could guess.
 */
export async function seedDemoMembers({ db }: { db: PrismaClient }): Promise<string> {
  const key = await portalKey(readEnv().DATA_DIR);
  const lines: string[] = [];
  for (const { name, roles } of DEMO) {
    if ((await db.member.count({ where: { nameKey: name } })) === 0) {
      lines.push(await addDemo(db, { name, roles, key }));
    }
  }
  return lines.length === 0
    ? "every demo account was there already"
    : `made ${lines.length} accounts; passwords and keys for an authenticator app are shown only now\n${lines.join("\n")}`;
}

type Demo = { name: string; roles: Role[]; key: Buffer };

async function addDemo(db: PrismaClient, { name, roles, key }: Demo): Promise<string> {
  const now = Date.now();
  const password = randomBytes(12).toString("base64url");
  const passwordHash = await hashPassword(password);
  const email = `${name}@example.org`;
  const id = await addMember(db, { name, email, passwordHash, language: "en", now });
  await db.member.update({
    where: { id },
    data: { bio: "A demo account. Nobody writes here in earnest." },
  });
  let factor = "";
  if (roles.some((role) => GUARDED_ROLES.includes(role))) {
    const secret = authenticator.generateSecret(20);
    factor = `   ${secret}`;
    await db.member.update({
      where: { id },
      data: { totpSecret: seal(key, { text: secret, owner: id }), totpConfirmedAt: new Date(now) },
    });
  }
  for (const role of roles) {
    await grantRole(db, { name, role, reason: "A demo account.", actorId: null, now });
  }
  return `  ${email}   ${password}${factor}`;
}
