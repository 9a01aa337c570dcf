import { useTranslations } from "next-intl";
import { InitiativeRow } from "#components/initiatives/initiative-row.tsx";
import { StateMark } from "#components/initiatives/state-mark.tsx";
import { Link } from "#components/layout/navigation.ts";
import type { InitiativeItem } from "#server/initiatives/contract.ts";

type WantedProps = {
  wanted: readonly InitiativeItem[];
  shipped: readonly InitiativeItem[];
  open: number;
  now: number;
};

/** The initiatives that most members want, and what went into the model last, thanks to whom. */
export function Wanted({ wanted, shipped, open, now }: WantedProps) {
  const words = useTranslations("homeParts");
  return (
    <section>
      <div className="head">
        <h2>{words("wanted")}</h2>
        <Link href="/initiatives">{words("allInitiatives", { count: open })}</Link>
      </div>
      {wanted.length === 0 ? (
        <div className="empty">
          <p>
            {words.rich("noWanted", { a: (text) => <Link href="/initiatives/new">{text}</Link> })}
          </p>
        </div>
      ) : (
        <ol className="votes">
          {wanted.map((initiative) => (
            <InitiativeRow key={initiative.id} initiative={initiative} now={now} />
          ))}
        </ol>
      )}
      {shipped.map(({ id, title, state, author, assignee }) => (
        <p className="decided" key={id}>
          <StateMark state={state} /> <Link href={`/initiatives/${id}`}>{title}</Link>{" "}
          <span className="note">
            {assignee === null || assignee === author.name
              ? words("thanks", { author: author.name })
              : words("thanksBoth", { author: author.name, assignee })}
          </span>
        </p>
      ))}
    </section>
  );
}
