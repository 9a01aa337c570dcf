import { useTranslations } from "next-intl";
import { Moment } from "#components/forum/moment.tsx";
import { Link } from "#components/layout/navigation.ts";
import type { FoundDocument, FoundDocuments } from "#server/search/contract.ts";
import { MarkedText } from "./marked-text.tsx";

type SearchPageProps = { q: string; page: FoundDocuments | null; first: boolean };

/** A form that works without scripts, and what was found, newest first. */
export function SearchPage({ q, page, first }: SearchPageProps) {
  const words = useTranslations("search");
  return (
    <>
      <section className="title wrap">
        <h1>{words("title")}</h1>
        <search>
          <form className="search-form">
            <label className="sr" htmlFor="q">
              {words("label")}
            </label>
            <input id="q" name="q" type="search" defaultValue={q} maxLength={200} />
            <button className="btn main" type="submit">
              {words("search")}
            </button>
          </form>
        </search>
        <p className="quiet mt-3">
          {words.rich("operators", { code: (text) => <code>{text}</code> })}
        </p>
      </section>
      {page !== null && (
        <section className="sec wrap">
          <h2>{words("found")}</h2>
          <div>
            {page.found.length === 0 ? (
              <p className="empty">
                <span>{words("nothing")}</span>
              </p>
            ) : (
              <ol className="found">
                {page.found.map((document) => (
                  <Found key={document.number} document={document} q={q} />
                ))}
              </ol>
            )}
            <p className="actions pages">
              {!first && (
                <Link href={{ pathname: "/search", query: { q } }}>{words("toFirst")}</Link>
              )}
              {page.next !== null && (
                <Link href={{ pathname: "/search", query: { q, next: page.next } }}>
                  {words("older")}
                </Link>
              )}
            </p>
          </div>
        </section>
      )}
    </>
  );
}

const KINDS = ["post", "initiative", "release", "showcase"] as const;

function Found({ document, q }: { document: FoundDocument; q: string }) {
  const words = useTranslations("search");
  const kind = KINDS.find((one) => one === document.kind);
  return (
    <li>
      <h3>
        <Link href={document.url} prefetch={false}>
          <MarkedText
            text={document.title === "" ? document.excerpt.slice(0, 80) : document.title}
            q={q}
          />
        </Link>
      </h3>
      <p>
        <MarkedText text={document.excerpt} q={q} />
      </p>
      <p className="quiet">
        {kind === undefined ? document.kind : words(`kind.${kind}`)} ·{" "}
        <Moment at={document.createdAt} time={false} />
      </p>
    </li>
  );
}
