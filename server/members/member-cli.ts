// npm run member -- create-admin | grant: the first admin, and roles by whoever runs the portal's machine.
import { parseArgs } from "node:util";
import { isRole, ROLES } from "../auth/actor.ts";
import { sharedDb } from "../platform/db.ts";
import { readEnv } from "../platform/env.ts";
import { AppError } from "../platform/errors.ts";
import { AskMail } from "./contract.ts";
import { grantRole } from "./grant-role.ts";
import { inviteAdmin } from "./invite-admin.ts";
import { portalOrigin } from "./portal-origin.ts";

const HELP = `Members of the portal.

  npm run member -- create-admin MAIL [--language en|zh]
      Prints a link, good once and for a day, by which the first admin chooses name and password.
  npm run member -- grant NAME ROLE --reason WHY
      Roles: ${ROLES.join(", ")}. The reason is public, in the decision log.
`;

process.exitCode = await main(process.argv.slice(2));
await sharedDb().$disconnect();

async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { reason: { type: "string" }, language: { type: "string" } },
    });
    const [verb, ...rest] = positionals;
    if (verb === "create-admin" && rest.length === 1) {
      return await createAdmin(rest[0], values.language);
    }
    if (verb === "grant" && rest.length === 2) {
      return await grant(rest[0] ?? "", rest[1] ?? "", values.reason ?? "");
    }
    console.error(HELP);
    return 1;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

async function createAdmin(email: string | undefined, said = "en"): Promise<number> {
  const parsed = AskMail.safeParse({ email, language: said });
  if (!parsed.success) {
    throw new AppError("bad_request", parsed.error.issues[0]?.message ?? HELP);
  }
  const origin = portalOrigin(readEnv());
  const link = await inviteAdmin(sharedDb(), { ...parsed.data, origin, now: Date.now() });
  console.error("Open this link within a day; it is shown only now and good once:");
  console.log(link);
  return 0;
}

async function grant(name: string, role: string, reason: string): Promise<number> {
  if (!isRole(role)) {
    throw new AppError("bad_request", `There is no role ${role}. Roles: ${ROLES.join(", ")}.`);
  }
  const { number } = await grantRole(sharedDb(), {
    name,
    role,
    reason,
    actorId: null,
    now: Date.now(),
  });
  console.error(`${name} has the role ${role}: decision ${number}.`);
  return 0;
}
