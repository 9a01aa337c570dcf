import type { Db, Prisma } from "../platform/db.ts";

const SHOWN = {
  id: true,
  label: true,
  scope: true,
  projectId: true,
  runId: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
} satisfies Prisma.ApiTokenSelect;

export type ListedToken = Prisma.ApiTokenGetPayload<{ select: typeof SHOWN }>;

/** Every token without its hash, oldest first. */
export function listTokens(db: Db): Promise<ListedToken[]> {
  return db.apiToken.findMany({ select: SHOWN, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}
