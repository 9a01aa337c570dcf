import { z } from "zod";
import { MemberRef } from "../members/contract.ts";

const Reason = z.string().trim().min(3, "Give a reason that everyone can read.").max(500);

export const JobQueue = z.object({
  name: z.string(),
  waiting: z.int(),
  active: z.int(),
  failed: z.int(),
  lastDoneAt: z.number().nullable(),
});
export type JobQueue = z.infer<typeof JobQueue>;
export const FailedJob = z.object({
  id: z.string(),
  queue: z.string(),
  failedAt: z.number().nullable(),
  tries: z.int(),
  message: z.string(),
});
export type FailedJob = z.infer<typeof FailedJob>;

export const AdminToken = z.object({
  id: z.string(),
  label: z.string(),
  scope: z.string(),
  owner: z.string().nullable(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
});

export const Overview = z.object({
  members: z.int(),
  /** Who has a role. */
  staff: z.array(MemberRef),
  waiting: z.object({ reviews: z.int(), appeals: z.int(), offers: z.int() }),
  queues: z.array(JobQueue),
  failed: z.array(FailedJob),
  tokens: z.array(AdminToken),
  storage: z.object({
    databaseBytes: z.number(),
    tables: z.array(z.object({ name: z.string(), bytes: z.number() })),
    fileBytes: z.number(),
    freeBytes: z.number(),
  }),
  health: z.object({
    database: z.string(),
    /** How long the database took to answer a small question. */
    answerMs: z.number(),
    migrations: z.int(),
    node: z.string(),
    upSeconds: z.number(),
    memoryBytes: z.number(),
  }),
});
export type Overview = z.infer<typeof Overview>;

export const RetryJob = z.object({ id: z.uuid(), queue: z.string().max(100), reason: Reason });
export const EndToken = z.object({ id: z.string().max(60), reason: Reason });

/** Texts of the site that admins write. The notice stands above every page; empty, there is none. */
export const Notice = z.object({ en: z.string(), zh: z.string() });
export type Notice = z.infer<typeof Notice>;
export const SaveNotice = z.object({
  en: z.string().trim().max(300),
  zh: z.string().trim().max(300),
  reason: Reason,
});
export const Done = z.object({ done: z.literal(true) });
