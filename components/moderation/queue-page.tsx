"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { AuthorLine } from "#components/forum/author-line.tsx";
import { Moment } from "#components/forum/moment.tsx";
import { Link } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Case, DecideCase } from "#server/moderation/contract.ts";
import { AppealQueue } from "./appeal-queue.tsx";
import { LimitForm } from "./limit-form.tsx";

/** Where moderators work: posts that wait, those that wait longest first, and appeals. */
export function QueuePage() {
  const words = useTranslations("moderation");
  const { can } = useMember();
  const { data } = useQuery(
    useTRPC().moderation.queue.queryOptions({ limit: 20 }, { enabled: can("moderator") }),
  );
  if (!can("moderator")) {
    return <p className="wrap">{words("onlyModerators")}</p>;
  }
  return (
    <>
      <section className="sec wrap">
        <h2>{words("waiting")}</h2>
        <div>
          {data !== undefined && data.cases.length === 0 && (
            <p className="empty">
              <span>{words("noneWaiting")}</span>
            </p>
          )}
          {data?.cases.map((one) => (
            <CaseCard key={`${one.id}-${one.version}`} found={one} />
          ))}
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("appeals")}</h2>
        <AppealQueue />
      </section>
    </>
  );
}

function CaseCard({ found }: { found: Case }) {
  const words = useTranslations("moderation");
  const { post, flags, signals, author, openedAt, source } = found;
  return (
    <article className="post">
      <header>
        <AuthorLine author={author} />
        <span>
          <Moment at={openedAt} />
        </span>
      </header>
      <p>
        <Link
          href={`/forum/t/${post.threadId}${post.number === null ? "" : `?from=${post.number}`}`}
        >
          {post.threadTitle}
        </Link>{" "}
        <span className="quiet">{words(`source.${source}` as "source.flag")}</span>
      </p>
      <pre className="case-text">{post.body}</pre>
      <ul className="quiet">
        {flags.map(({ reason, note, count }) => (
          <li key={`${reason} ${note}`}>
            {words(`flagReason.${reason}` as "flagReason.spam")} × {count} {note}
          </li>
        ))}
        {signals.map((signal) => (
          <li key={signal}>{signal}</li>
        ))}
      </ul>
      <DecideForm found={found} />
      <details>
        <summary>{words("limit")}</summary>
        <LimitForm memberId={author.id} />
      </details>
    </article>
  );
}

const OUTCOMES = ["approve", "hide", "dismiss"] as const;

function DecideForm({ found }: { found: Case }) {
  const words = useTranslations("moderation");
  const refusal = useRefusal();
  const id = useId();
  const [reason, setReason] = useState("");
  const { moderation } = useTRPC();
  const client = useQueryClient();
  const decide = useMutation(
    moderation.decide.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: moderation.queue.pathKey() }),
    }),
  );
  const choose = (outcome: DecideCase["outcome"]) => () =>
    decide.mutate({ caseId: found.id, version: found.version, outcome, reason });
  return (
    <div className="account-form">
      <p>
        <label htmlFor={id}>{words("reason")}</label>
        <input
          id={id}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      </p>
      <Refused sentence={refusal(decide.error)} />
      <p className="actions">
        {OUTCOMES.filter((one) => one !== "approve" || found.post.state !== "visible").map(
          (outcome) => (
            <button
              key={outcome}
              className="btn"
              type="button"
              disabled={decide.isPending || reason.trim().length < 3}
              onClick={choose(outcome)}
            >
              {words(`outcome.${outcome}`)}
            </button>
          ),
        )}
      </p>
    </div>
  );
}
