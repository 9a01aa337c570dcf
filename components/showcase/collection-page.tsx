import { useTranslations } from "next-intl";
import { Moment } from "#components/forum/moment.tsx";
import { Link } from "#components/layout/navigation.ts";
import { MemberName } from "#components/members/member-name.tsx";
import { COLLECTION_RULE, type Collection } from "#server/showcase/contract.ts";
import { FreezeButton, PickForm, UnpickButton } from "./curator-tools.tsx";

type Pick = Collection["picks"][number];

/** A month's collection: who was picked and why; while it is open, the month's list below. */
export function CollectionPage({ collection }: { collection: Collection }) {
  const words = useTranslations("showcase");
  const { month, frozenAt, freezesAt, picks, candidates } = collection;
  const open = frozenAt === null;
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href="/showcase">{words("title")}</Link>
        </p>
        <h1>{words("collectionOf", { month })}</h1>
        <p className="lede">
          {words.rich(open ? "freezes" : "frozenAt", {
            at: () => <Moment at={frozenAt ?? freezesAt} />,
          })}
        </p>
      </section>
      <div className="page with-rail wrap">
        <section>
          <h2 className="sr">{words("picks")}</h2>
          {picks.length === 0 && (
            <p className="empty">
              <span>{words(open ? "noPicks" : "noPicksEver")}</span>
            </p>
          )}
          <ol className="picks">
            {picks.map((pick) => (
              <PickItem key={pick.item.id} pick={pick} month={month} open={open} />
            ))}
          </ol>
          {candidates.length > 0 && (
            <>
              <h2>{words("candidates")}</h2>
              <ol className="picks">
                {candidates.map(({ hearts, item }) => (
                  <li key={item.id}>
                    <Link href={`/showcase/${item.id}`}>{item.title}</Link>
                    <p className="quiet">
                      {words("heartsInMonth", { count: hearts })} · {item.summary}
                    </p>
                    <PickForm id={item.id} month={month} />
                  </li>
                ))}
              </ol>
            </>
          )}
          {open && <FreezeButton month={month} />}
        </section>
        <aside className="rail">
          <section>
            <h2>{words("rule")}</h2>
            <ol className="rule">
              {(["ruleList", "rulePick", "ruleConflict", "ruleFreeze", "ruleLot"] as const).map(
                (name) => (
                  <li key={name}>{words(name, { ...COLLECTION_RULE })}</li>
                ),
              )}
            </ol>
          </section>
        </aside>
      </div>
    </>
  );
}

type PickProps = { pick: Pick; month: string; open: boolean };

function PickItem({ pick, month, open }: PickProps) {
  const words = useTranslations("showcase");
  const { item, reason, conflict, curator, hearts, stage } = pick;
  return (
    <li>
      <Link href={`/showcase/${item.id}`}>{item.title}</Link>
      <p className="quiet">
        {words(`stage.${stage}`)} · {words("heartsInMonth", { count: hearts })} ·{" "}
        <MemberName member={item.author} />
      </p>
      <blockquote className="remark">
        <p>{reason}</p>
        <footer>
          <MemberName member={curator} /> ·{" "}
          {conflict === null ? words("noConflict") : words("conflict", { what: conflict })}
        </footer>
      </blockquote>
      {open && <UnpickButton id={item.id} month={month} />}
    </li>
  );
}
