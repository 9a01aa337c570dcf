import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";

type Input = { id: string; memberId: string; origin: string };

/** The record of an acceptance as a text that its member keeps. Another member's does not exist. */
export async function writeReceipt(db: Db, { id, memberId, origin }: Input): Promise<string> {
  const row = await db.licenceAcceptance.findFirst({ where: { id, memberId } });
  if (row === null) {
    throw new AppError("not_found", "You have no receipt of that name. See the model's page.");
  }
  const release = await db.release.findUnique({
    where: { id: row.releaseId },
    select: { familyId: true, version: true },
  });
  const member = await db.member.findUnique({ where: { id: memberId }, select: { name: true } });
  const lines: [string, string][] = [
    ["Receipt", row.id],
    ["Portal", origin],
    ["Member", `${member?.name ?? ""} (${memberId})`],
    ["Accepted at", row.at.toISOString()],
    ["By way of", row.method],
    ["Texts", `version ${row.version}, language ${row.locale}`],
    ["Licence SHA-256", row.licenceSha256],
    ["Risks SHA-256", row.risksSha256],
    ["Release", `${release?.familyId ?? "?"} ${release?.version ?? ""} (${row.releaseId})`],
    ["Files SHA-256", row.manifestSha256],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return `${lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n")}\n`;
}
