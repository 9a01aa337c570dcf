import type { Prisma } from "../platform/db.ts";

/** Makes the thread in which an initiative is discussed, or gives the one there is its newest title; the forum's own verb. */
export type OpenThread = (
  tx: Prisma.TransactionClient,
  subject: { kind: string; id: string; title: string; authorId: string },
) => Promise<number>;

/** The kind of subject under which the forum knows initiatives. */
export const THREAD_KIND = "initiative";
