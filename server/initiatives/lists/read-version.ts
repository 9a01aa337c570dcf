import type { Db } from "../../platform/db.ts";
import { DraftText, type VersionText } from "../contract.ts";
import { refuse } from "../refuse.ts";

/** The text of one version, for the public difference. */
export async function readVersion(
  db: Db,
  { id, number }: { id: number; number: number },
): Promise<VersionText> {
  const row = await db.initiativeVersion.findFirst({
    where: { initiativeId: id, number, initiative: { state: { not: "draft" } } },
    select: { number: true, title: true, text: true, createdAt: true },
  });
  if (row === null) {
    throw refuse("not-found");
  }
  const text = DraftText.omit({ category: true, title: true }).parse(row.text);
  return { number, title: row.title, text, createdAt: row.createdAt.getTime() };
}
