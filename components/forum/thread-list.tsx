import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { ThreadItem } from "#server/forum/contract.ts";
import { AuthorName } from "./author-line.tsx";
import { Moment } from "./moment.tsx";
import { threadHref } from "./thread-href.ts";

/** Threads as rows: what is asked, where, by whom, how much was said and when last. */
export function ThreadList({ threads }: { threads: readonly ThreadItem[] }) {
  return (
    <ol className="thread-list">
      {threads.map((thread) => (
        <Row key={thread.id} thread={thread} />
      ))}
    </ol>
  );
}

function Row({ thread }: { thread: ThreadItem }) {
  const words = useTranslations("forum");
  const unread = thread.readTo === null ? 0 : thread.lastNumber - thread.readTo;
  return (
    <li>
      <div>
        <h3>
          <Link href={threadHref(thread)} prefetch={false}>
            {thread.title}
          </Link>
        </h3>
        <p className="quiet thread-facts">
          <Standing thread={thread} />
          <Link href={`/forum/${thread.category}`} prefetch={false}>
            {words(`category.${thread.category}` as "category.tools")}
          </Link>
          {thread.tags.map((tag) => (
            <Link key={tag} href={{ pathname: "/forum", query: { tag } }} prefetch={false}>
              {tag}
            </Link>
          ))}
          <AuthorName author={thread.author} />
        </p>
      </div>
      <p className="thread-count">
        {words("replies", { count: thread.replies })}
        {unread > 0 && <b className="unread">{words("unread", { count: unread })}</b>}
        <span className="quiet">
          <Moment at={thread.bumpedAt} />
        </span>
      </p>
    </li>
  );
}

/** What a thread is, as shape and word: answered, still open, pinned, locked. */
function Standing({ thread: { question, answered, pinned, locked } }: { thread: ThreadItem }) {
  const words = useTranslations("forum");
  return (
    <>
      {pinned && <b>{words("pinned")}</b>}
      {question && (
        <span className={answered ? "state good" : "state"}>
          <Icon name={answered ? "s-good" : "s-open"} />
          {words(answered ? "answered" : "unansweredOne")}
        </span>
      )}
      {locked && <b>{words("locked")}</b>}
    </>
  );
}
