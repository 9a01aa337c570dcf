import type { ShownPost, ThreadPage } from "#server/forum/contract.ts";

type Told = { thread: ThreadPage; origin: string; locale: string };

/** A thread for search engines, as schema.org's DiscussionForumPosting, in JSON that no text can break out of. */
export function threadData({ thread, origin, locale }: Told): string {
  const url = `${origin}/${locale}/forum/t/${thread.id}`;
  const first = thread.posts.find(({ number }) => number === 1);
  const data = {
    "@context": "https://schema.org",
    "@type": "DiscussionForumPosting",
    headline: thread.title,
    url,
    datePublished: new Date(thread.createdAt).toISOString(),
    author: personOf(thread.author, { origin, locale }),
    articleSection: thread.category,
    ...(thread.tags.length === 0 ? {} : { keywords: thread.tags.join(", ") }),
    ...(first === undefined ? {} : { text: first.body }),
    interactionStatistic: {
      "@type": "InteractionCounter",
      interactionType: "https://schema.org/CommentAction",
      userInteractionCount: thread.replies,
    },
    comment: thread.posts
      .filter(({ number, state }) => number > 1 && state === "visible")
      .map((post) => commentOf(post, { url, origin, locale })),
  };
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

function commentOf(post: ShownPost, at: { url: string; origin: string; locale: string }) {
  return {
    "@type": "Comment",
    url: `${at.url}?from=${post.number}#p${post.number}`,
    text: post.body,
    datePublished: new Date(post.createdAt).toISOString(),
    author: personOf(post.author, at),
  };
}

function personOf(
  { name, deleted }: ThreadPage["author"],
  { origin, locale }: { origin: string; locale: string },
) {
  const url = deleted ? {} : { url: `${origin}/${locale}/members/${name.toLowerCase()}` };
  return { "@type": "Person", name, ...url };
}
