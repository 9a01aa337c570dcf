import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { ThreadPage as Thread } from "#server/forum/contract.ts";
import { AuthorName } from "./author-line.tsx";
import { FollowButton } from "./follow-button.tsx";
import { LiveThread } from "./live-thread.tsx";
import { Moment } from "./moment.tsx";
import { PostArticle } from "./post-article.tsx";
import { ReadTracker } from "./read-tracker.tsx";
import { ReplyForm } from "./reply-form.tsx";
import { ThreadTools } from "./thread-tools.tsx";

/** `host`: the portal's own, whose links are not foreign. */
type ThreadPageProps = { thread: Thread; from: number; host: string };

/** A thread and a stretch of its posts, with everything that a member may do there. */
export function ThreadPage({ thread, from, host }: ThreadPageProps) {
  const words = useTranslations("forum");
  const { id, posts, next, previous, lastNumber, readTo } = thread;
  const lastShown = posts.at(-1)?.number ?? 0;
  return (
    <>
      <ThreadTitle thread={thread} />
      <div className="page reading wrap">
        <section className="posts" aria-label={words("posts")}>
          <Pager id={id} to={previous} words={words("earlier")} />
          {posts.map((post) => (
            <PostArticle key={post.id} post={post} thread={thread} host={host} />
          ))}
          <Pager id={id} to={next} words={words("later")} />
          <ReplyForm threadId={id} locked={thread.locked} onLastPage={next === null} />
        </section>
        <aside className="rail">
          <section>
            <h2>{words("follow")}</h2>
            <FollowButton of={{ kind: "thread", target: String(id) }} />
            {readTo !== null && readTo < lastNumber && lastNumber > lastShown && (
              <p className="quiet">
                {words("readTo", { readTo, last: lastNumber })}{" "}
                <Link href={`/forum/t/${id}?from=${readTo + 1}#p${readTo + 1}`}>
                  {words("toUnread")}
                </Link>
              </p>
            )}
          </section>
          <section>
            <h2>{words("wrong")}</h2>
            <p className="quiet">
              {words.rich("wrongSay", {
                log: (text) => <Link href="/moderation">{text}</Link>,
              })}
            </p>
          </section>
          <ThreadTools thread={thread} />
        </aside>
      </div>
      <LiveThread threadId={id} />
      <ReadTracker threadId={id} readTo={readTo ?? 0} from={from} />
    </>
  );
}

function ThreadTitle({ thread }: { thread: Thread }) {
  const words = useTranslations("forum");
  const { id, category, title, question, answered, locked, pinned, replies, people, tags } = thread;
  return (
    <section className="title wrap">
      <p className="crumb">
        <Link href="/forum">{words("title")}</Link> /{" "}
        <Link href={`/forum/${category}`}>{words(`category.${category}` as "category.tools")}</Link>
      </p>
      <h1>{title}</h1>
      <p className="facts">
        {question && (
          <span className={answered ? "state good" : "state"}>
            <Icon name={answered ? "s-good" : "s-open"} />
            {thread.answer === null ? (
              words("unansweredOne")
            ) : (
              <Link href={`/forum/t/${id}?from=${thread.answer.number}#p${thread.answer.number}`}>
                {words("answered")}
              </Link>
            )}
          </span>
        )}
        {pinned && <b>{words("pinned")}</b>}
        {locked && <b>{words("locked")}</b>}
        <span>{words("replies", { count: replies })}</span>
        <span>{words("people", { count: people })}</span>
        <span>
          {words.rich("opened", {
            at: () => <Moment at={thread.createdAt} time={false} />,
            by: () => <AuthorName author={thread.author} />,
          })}
        </span>
        {tags.map((tag) => (
          <Link key={tag} href={{ pathname: "/forum", query: { tag } }}>
            {tag}
          </Link>
        ))}
        <a className="feed" href={`/forum/t/${id}/feed`}>
          {words("feed")}
        </a>
      </p>
    </section>
  );
}

function Pager({ id, to, words }: { id: number; to: number | null; words: string }) {
  return to === null ? null : (
    <p className="pages">
      <Link href={to === 1 ? `/forum/t/${id}` : `/forum/t/${id}?from=${to}`}>{words}</Link>
    </p>
  );
}
