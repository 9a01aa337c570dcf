import { PrismaPg } from "@prisma/adapter-pg";
import { databaseUrl } from "./env.ts";
import { type Prisma, PrismaClient } from "./prisma-client/client.ts";

/** The client or a transaction of it: what verbs take. */
export type Db = PrismaClient | Prisma.TransactionClient;
export type { Prisma };

/** Many may wait for a connection or for each other's row at once: better late than refused. */
const PATIENCE = { maxWait: 20_000, timeout: 20_000 };

export function createDb(url: string): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: 10 }),
    transactionOptions: PATIENCE,
  });
}

const holder = globalThis as typeof globalThis & { cpmDb?: PrismaClient };

/** The process's client. On globalThis because the server's entry and Next's bundles are two copies of this module. */
export function sharedDb(): PrismaClient {
  holder.cpmDb ??= createDb(databaseUrl());
  return holder.cpmDb;
}
