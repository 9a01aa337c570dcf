import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "#components/forum/moment.tsx";
import { Link } from "#components/layout/navigation.ts";
import type { Act } from "#server/moderation/contract.ts";

/** An act of a moderator: what, to what, why, until when, and what became of it. */
export function ActRow({ act, children }: { act: Act; children?: ReactNode }) {
  const words = useTranslations("moderation");
  const { kind, threadId, postId, reason, endsAt, revokedAt, decision, createdAt, appeal } = act;
  return (
    <li>
      <div>
        <h3>{words(`act.${kind}` as "act.hide")}</h3>
        <p>{reason}</p>
        <p className="quiet thread-facts">
          {threadId !== null && (
            <Link href={postId === null ? `/forum/t/${threadId}` : `/forum/p/${postId}`}>
              {words(postId === null ? "theThread" : "thePost")}
            </Link>
          )}
          {endsAt !== null && (
            <span>{words.rich("until", { at: () => <Moment at={endsAt} /> })}</span>
          )}
          {revokedAt !== null && (
            <span>{words.rich("revoked", { at: () => <Moment at={revokedAt} /> })}</span>
          )}
          {appeal !== null && <span>{words(`appealState.${appeal}` as "appealState.open")}</span>}
        </p>
        {children}
      </div>
      <p className="thread-count">
        <span className="quiet">
          <Moment at={createdAt} />
        </span>
        <Link href={`/decisions?before=${decision + 1}#decision-${decision}`}>
          {words("decision", { decision })}
        </Link>
      </p>
    </li>
  );
}
