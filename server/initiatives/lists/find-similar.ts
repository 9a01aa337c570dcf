import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { type Similar, State } from "../contract.ts";

const MOST = 5;
/** Trigrams of Chinese are few in a title, so what is alike shares fewer of them than English does. */
const ALIKE = 0.15;

type Row = { id: number; title: string; state: string; eligible: number };

/** Published initiatives whose titles share trigrams with this one: what is proposed already, before it is proposed twice. */
export async function findSimilar(
  db: PrismaClient,
  { title, except }: { title: string; except?: number | undefined },
): Promise<Similar> {
  const words = title.trim().toLowerCase();
  if (words.length < 2) {
    return { initiatives: [] };
  }
  const rows = await db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`set local pg_trgm.similarity_threshold = ${ALIKE}`);
    return await tx.$queryRaw<Row[]>`
      select id, title, state, eligible from "Initiative"
      where state <> 'draft' and lower(title) % ${words} and id <> ${except ?? 0}
      order by similarity(lower(title), ${words}) desc, eligible desc, id
      limit ${MOST}`;
  });
  return { initiatives: rows.map((row) => ({ ...row, state: State.parse(row.state) })) };
}
