import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FollowButton } from "#components/forum/follow-button.tsx";
import { LiveThread } from "#components/forum/live-thread.tsx";
import { PostArticle } from "#components/forum/post-article.tsx";
import { ReplyForm } from "#components/forum/reply-form.tsx";
import { Link } from "#components/layout/navigation.ts";
import type { ThreadPage } from "#server/forum/contract.ts";
import { SummaryForm } from "./summary-form.tsx";
import "#components/forum/forum.css";

type DiscussionProps = {
  id: number;
  thread: ThreadPage | null;
  /** The assignee's, drawn. */
  summary: ReactNode;
  summaryText: string;
  host: string;
};

/** What members say of an initiative: the forum's posts, below the summary that whoever carries it keeps. */
export function Discussion({ id, thread, summary, summaryText, host }: DiscussionProps) {
  const words = useTranslations("initiatives");
  return thread === null ? null : (
    <section className="sec-in posts" id="discussion" aria-labelledby="discussion-title">
      <h2 id="discussion-title">{words("discussion")}</h2>
      {summary !== null && (
        <section className="notice" aria-label={words("summary")}>
          <h3>{words("summary")}</h3>
          {summary}
        </section>
      )}
      <SummaryForm id={id} summary={summaryText} />
      {thread.previous !== null && (
        <p>
          <Link href={`/initiatives/${id}?from=${thread.previous}#discussion`}>
            {words("earlierPosts")}
          </Link>
        </p>
      )}
      {thread.posts.map((post) => (
        <PostArticle key={post.id} post={post} thread={thread} host={host} />
      ))}
      {thread.next !== null && (
        <p>
          <Link href={`/initiatives/${id}?from=${thread.next}#discussion`}>
            {words("laterPosts")}
          </Link>
        </p>
      )}
      <ReplyForm threadId={thread.id} locked={thread.locked} onLastPage={thread.next === null} />
      <FollowButton of={{ kind: "thread", target: String(thread.id) }} />
      <LiveThread threadId={thread.id} />
    </section>
  );
}
