import type { Db } from "../platform/db.ts";
import { MEMBER_REF, toMemberRef } from "./member-ref.ts";

type Author = ReturnType<typeof toMemberRef>;

/** Finds the members behind rows; the answer gives one by id. */
export async function readAuthors(db: Db, ids: string[]): Promise<(id: string) => Author> {
  const rows = await db.member.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: MEMBER_REF,
  });
  const byId = new Map(rows.map((row) => [row.id, toMemberRef(row)]));
  return (id) => byId.get(id) ?? { id, name: id, avatar: null, roles: [], trust: 0, deleted: true };
}
