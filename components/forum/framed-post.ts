import type { ShownPost } from "#server/forum/contract.ts";

/** A post, with what its tools must know of its thread. */
export type FramedPost = {
  post: ShownPost;
  threadId: number;
  /** Who opened the thread. */
  asker: string;
  question: boolean;
  isAnswer: boolean;
  locked: boolean;
  title: string;
  tags: string[];
};
