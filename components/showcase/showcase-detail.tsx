import { useTranslations } from "next-intl";
import { LiveThread } from "#components/forum/live-thread.tsx";
import { Moment } from "#components/forum/moment.tsx";
import { PostArticle } from "#components/forum/post-article.tsx";
import { ReplyForm } from "#components/forum/reply-form.tsx";
import { Link } from "#components/layout/navigation.ts";
import { Markdown } from "#components/markdown/markdown.tsx";
import { MemberName } from "#components/members/member-name.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ThreadPage } from "#server/forum/contract.ts";
import type { ShowcaseDetail as Detail, ShowcaseLink } from "#server/showcase/contract.ts";
import { HeartButton } from "./heart-button.tsx";
import { OwnerTools } from "./owner-tools.tsx";
import { StaffTools } from "./staff-tools.tsx";

/** `host`: the portal's own, whose links are not foreign. */
type DetailProps = { app: Detail; thread: ThreadPage | null; host: string };

/** One application: what it is, where it lives, how it came here, what others say. */
export function ShowcaseDetail({ app, thread, host }: DetailProps) {
  const words = useTranslations("showcase");
  const { id, title, summary, stage, author, image } = app;
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href="/showcase">{words("title")}</Link> / {words(`stage.${stage}`)}
        </p>
        <h1>{title}</h1>
        <p className="lede">{summary}</p>
        <p className="facts">
          <MemberName member={author} picture />
          <span>
            <Moment at={app.createdAt} time={false} />
          </span>
          {app.tags.map((tag) => (
            <Link key={tag} href={{ pathname: "/showcase", query: { tag } }}>
              {tag}
            </Link>
          ))}
        </p>
      </section>
      <div className="page with-rail wrap">
        <section>
          {image !== null && (
            // biome-ignore lint/performance/noImgElement: the store has encoded it at its size already.
            <img
              className="app-picture"
              src={`/api/showcase/${image.sha256}`}
              width={image.width}
              height={image.height}
              alt={words("pictureOf", { title })}
            />
          )}
          {app.body !== "" && <Markdown text={app.body} prefix="app-" host={host} />}
          <OwnerTools app={app} />
          <section className="posts" aria-labelledby="comments">
            <h2 id="comments">{words("comments", { count: app.comments })}</h2>
            {thread?.posts.map((post) => (
              <PostArticle key={post.id} post={post} thread={thread} host={host} />
            ))}
            {thread !== null && (
              <>
                {thread.next !== null && (
                  <p>
                    <Link href={`/showcase/${id}?from=${thread.next}`}>{words("later")}</Link>
                  </p>
                )}
                <ReplyForm
                  threadId={thread.id}
                  locked={thread.locked}
                  onLastPage={thread.next === null}
                />
                <LiveThread threadId={thread.id} />
              </>
            )}
          </section>
        </section>
        <Rail app={app} />
      </div>
    </>
  );
}

function Rail({ app }: { app: Detail }) {
  const words = useTranslations("showcase");
  return (
    <aside className="rail">
      <section>
        <h2>{words("hearts")}</h2>
        <HeartButton id={app.id} title={app.title} hearts={app.hearts} given={app.given} />
      </section>
      <section>
        <h2>{words("links")}</h2>
        {app.usesName !== null && <p>{words("runsOn", { model: app.usesName })}</p>}
        {app.links.length === 0 && <p className="quiet">{words("noLinks")}</p>}
        <ul className="app-links">
          {app.links.map((link) => (
            <LinkLine key={link.kind} link={link} />
          ))}
        </ul>
      </section>
      <section>
        <h2>{words("way")}</h2>
        <ol>
          {app.stages.map(({ stage, at }) => (
            <li key={at}>
              {words(`stage.${stage}`)}, <Moment at={at} time={false} />
            </li>
          ))}
        </ol>
      </section>
      {app.picks.length > 0 && (
        <section>
          <h2>{words("collected")}</h2>
          <ul>
            {app.picks.map(({ month, reason }) => (
              <li key={month}>
                <Link href={`/showcase/collections/${month}`}>{month}</Link>: {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      <StaffTools id={app.id} featured={app.featured} />
    </aside>
  );
}

const MARK = { unchecked: "s-open", alive: "s-good", dead: "s-warn", refused: "s-bad" } as const;

function LinkLine({ link }: { link: ShowcaseLink }) {
  const words = useTranslations("showcase");
  const { kind, url, state, checkedAt } = link;
  return (
    <li>
      <a href={url} rel="nofollow ugc noopener">
        {words(kind)}
      </a>{" "}
      <span className="note">{new URL(url).host}</span>
      <span className={state === "dead" ? "state warn" : "state"}>
        <Icon name={MARK[state]} /> {words(`linkIs.${state}`)}
      </span>
      {checkedAt !== null && (
        <span className="note">
          <Moment at={checkedAt} />
        </span>
      )}
    </li>
  );
}
