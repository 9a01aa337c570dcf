import { useTranslations } from "next-intl";
import { Markdown } from "#components/markdown/markdown.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ShownPost, ThreadPage } from "#server/forum/contract.ts";
import { AuthorLine } from "./author-line.tsx";
import { Moment } from "./moment.tsx";
import { PostFrame } from "./post-frame.tsx";

type PostArticleProps = { post: ShownPost; thread: ThreadPage; host: string };

/** One post: who and when beside, what was said, and what can be done with it below. */
export function PostArticle({ post, thread, host }: PostArticleProps) {
  const words = useTranslations("forum");
  const { id, number, author, body, state } = post;
  const isAnswer = thread.answer?.id === id;
  return (
    <article
      className={isAnswer ? "post is-answer" : "post"}
      id={`p${number}`}
      data-number={number}
      aria-label={words("postBy", { number, name: author.name })}
    >
      <header>
        <AuthorLine author={author} />
        <a href={`#p${number}`} title={words("linkHere", { number })}>
          <Moment at={post.createdAt} />
        </a>
      </header>
      {isAnswer && (
        <p className="answer-flag">
          <Icon name="s-good" /> {words("acceptedAnswer")}
        </p>
      )}
      {state === "visible" ? (
        <PostFrame
          post={{ ...post, body: "" }}
          threadId={thread.id}
          asker={thread.author.id}
          question={thread.question}
          isAnswer={isAnswer}
          locked={thread.locked}
          title={thread.title}
          tags={thread.tags}
        >
          <Markdown text={body} prefix={`p${number}-`} host={host} />
        </PostFrame>
      ) : (
        <p className="quiet">{words(`gone.${state}`)}</p>
      )}
    </article>
  );
}
