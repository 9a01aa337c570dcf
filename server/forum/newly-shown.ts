import type { LockedThread } from "./lock-thread.ts";

/** A post that has just become visible. */
export type NewlyShown = {
  id: number;
  /** Under its lock. */
  thread: LockedThread;
  number: number;
  authorId: string;
  body: string;
  at: Date;
};
