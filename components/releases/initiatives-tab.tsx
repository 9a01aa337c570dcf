import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { MemberName } from "#components/members/member-name.tsx";
import type { Contained } from "#server/initiatives/contract.ts";

/** The initiatives whose changes are in the released checkpoint, with those to thank for them. */
export function InitiativesTab({ initiatives }: Contained) {
  const words = useTranslations("models");
  return (
    <section className="sec-in first">
      <h2>{words("tab.initiatives")}</h2>
      <div>
        {initiatives.length === 0 ? (
          <p className="quiet">{words("initiatives.none")}</p>
        ) : (
          <ul className="contained">
            {initiatives.map(({ id, title, author, eligible, assignees }) => (
              <li key={id}>
                <p>
                  <Link href={`/initiatives/${id}`}>
                    {id}: {title}
                  </Link>
                </p>
                <p className="note">
                  {words("initiatives.by")} <MemberName member={author} /> ·{" "}
                  {words("initiatives.votes", { count: eligible })}
                  {assignees.map((member) => (
                    <span key={member.id}>
                      {" · "}
                      {words("initiatives.carried")} <MemberName member={member} />
                    </span>
                  ))}
                </p>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
