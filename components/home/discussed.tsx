import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { ThreadItem } from "#server/forum/contract.ts";

type DiscussedProps = { threads: readonly ThreadItem[]; now: number };

/** Threads in which somebody wrote last. */
export function Discussed({ threads, now }: DiscussedProps) {
  const words = useTranslations("homeParts");
  const forum = useTranslations("forum");
  const format = useFormatter();
  return (
    <section>
      <div className="head">
        <h2>{words("discussed")}</h2>
        <Link href="/forum">{words("forum")}</Link>
      </div>
      {threads.length === 0 ? (
        <div className="empty">
          <p>{words.rich("noThreads", { a: (text) => <Link href="/forum/new">{text}</Link> })}</p>
        </div>
      ) : (
        <ul className="threads">
          {threads.map(({ id, title, question, answered, category, replies, bumpedAt }) => (
            <li key={id}>
              <Link href={`/forum/t/${id}`}>{title}</Link>
              <p>
                {question && (
                  <>
                    <Icon
                      name={answered ? "s-good" : "s-open"}
                      className={answered ? "good" : "idle"}
                    />{" "}
                    {forum(answered ? "answered" : "unansweredOne")} ·{" "}
                  </>
                )}
                {forum(`category.${category}` as "category.tools")} ·{" "}
                {forum("replies", { count: replies })} · {format.relativeTime(bumpedAt, now)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
