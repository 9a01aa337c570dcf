import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { PostHistory } from "#server/forum/contract.ts";
import { AuthorName } from "./author-line.tsx";
import { Moment } from "./moment.tsx";
import { TextChanges } from "./text-changes.tsx";

/** What each edit of a post changed, newest first. */
export function HistoryPage({ history }: { history: PostHistory }) {
  const words = useTranslations("forum");
  const { threadId, threadTitle, number, author, texts } = history;
  // A post that was edited often is compared less closely, so that no history costs more than a page may.
  const most = Math.min(500, Math.ceil(5_000 / texts.length));
  const steps = texts.map((text, index) => ({ text, before: texts[index - 1] })).reverse();
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href="/forum">{words("title")}</Link> /{" "}
          <Link href={`/forum/t/${threadId}?from=${number}#p${number}`}>{threadTitle}</Link>
        </p>
        <h1>{words("history")}</h1>
        <p className="facts">
          <span>{words("postBy", { number, name: author.name })}</span>
          <AuthorName author={author} />
        </p>
      </section>
      {steps.map(({ text, before }) => (
        <section className="sec wrap" key={text.writtenAt}>
          <h2>
            <Moment at={text.writtenAt} />
            <small>{words(before === undefined ? "firstText" : "editText")}</small>
          </h2>
          <div className="diff">
            {text.title !== null && (
              <h3>
                <TextChanges before={before?.title ?? text.title} after={text.title} most={most} />
              </h3>
            )}
            <TextChanges before={before?.body ?? text.body} after={text.body} most={most} />
          </div>
        </section>
      ))}
    </>
  );
}
