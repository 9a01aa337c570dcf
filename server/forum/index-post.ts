import type { Db } from "../platform/db.ts";
import { indexDocument } from "../search/index-document.ts";
import { postUrl } from "./post-url.ts";

type Indexed = {
  id: number;
  threadId: number;
  number: number;
  authorId: string;
  body: string;
  createdAt: Date;
  thread: { category: string; title: string; tags: string[] };
};

/** Makes a post findable; a thread is found by the title that its first post carries. */
export async function indexPost(tx: Db, post: Indexed): Promise<void> {
  const { id, threadId, number, authorId, body, createdAt, thread } = post;
  await indexDocument(tx, {
    ...{ kind: "post", id: String(id), title: thread.title, text: body },
    ...{ url: postUrl(threadId, number), authorId, createdAt },
    borrowedTitle: number > 1,
    ...{ place: thread.category, tags: thread.tags },
  });
}
