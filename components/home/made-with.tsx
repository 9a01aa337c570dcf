import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { ShowcaseItem } from "#server/showcase/contract.ts";

/** Applications that were featured, or have most hearts. */
export function MadeWith({ items }: { items: readonly ShowcaseItem[] }) {
  const words = useTranslations("homeParts");
  const showcase = useTranslations("showcase");
  return (
    <section>
      <div className="head">
        <h2>{words("madeWith")}</h2>
        <Link href="/showcase">{showcase("title")}</Link>
      </div>
      {items.length === 0 ? (
        <div className="empty">
          <p>{words.rich("noneMade", { a: (text) => <Link href="/showcase/new">{text}</Link> })}</p>
        </div>
      ) : (
        <ul className="threads">
          {items.map(({ id, title, stage, usesName, hearts, author }) => (
            <li key={id}>
              <Link href={`/showcase/${id}`}>{title}</Link>
              <p>
                {[
                  showcase(`stage.${stage}`),
                  usesName,
                  words("hearts", { count: hearts }),
                  author.deleted ? null : author.name,
                ]
                  .filter((part) => part !== null)
                  .join(" · ")}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
