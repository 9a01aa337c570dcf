import type { Prisma } from "../platform/db.ts";
import { FORUM_CHANNEL } from "./contract.ts";

/** Tells the pages that show a thread, once the transaction commits, that something in it is new. */
export async function wakeThread(tx: Prisma.TransactionClient, threadId: number): Promise<void> {
  await tx.$executeRaw`select pg_notify(${FORUM_CHANNEL}, ${String(threadId)})`;
}
