"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { Link } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { ActRow } from "./act-row.tsx";
import { WaitingPosts } from "./waiting-posts.tsx";

/** What moderators did that concerns oneself, with a way to have another of them look at it. */
export function MinePage() {
  const words = useTranslations("moderation");
  const { member } = useMember();
  const { data } = useQuery(
    useTRPC().moderation.mine.queryOptions(undefined, { enabled: member !== null }),
  );
  if (member === null) {
    return (
      <p className="wrap">
        <Link href="/sign-in">{words("signIn")}</Link>
      </p>
    );
  }
  return (
    <>
      <WaitingPosts />
      {data === undefined || data.acts.length === 0 ? (
        <div className="wrap">
          <p className="empty">
            <span>{words("nothingOfYours")}</span>
          </p>
        </div>
      ) : (
        <ol className="thread-list wrap">
          {data.acts.map((act) => (
            <ActRow key={act.id} act={act}>
              {act.answer !== "" && <p>{words("answer", { answer: act.answer })}</p>}
              {act.mayAppeal && <AppealForm actId={act.id} />}
            </ActRow>
          ))}
        </ol>
      )}
    </>
  );
}

function AppealForm({ actId }: { actId: string }) {
  const words = useTranslations("moderation");
  const refusal = useRefusal();
  const id = useId();
  const { moderation } = useTRPC();
  const client = useQueryClient();
  const appeal = useMutation(
    moderation.appeal.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: moderation.mine.queryKey() }),
    }),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    appeal.mutate({ actId, text: String(new FormData(event.currentTarget).get("text") ?? "") });
  };
  return (
    <form className="account-form" onSubmit={send}>
      <p>
        <label htmlFor={id}>{words("appealText")}</label>
        <textarea id={id} name="text" rows={3} required minLength={10} maxLength={2000} />
      </p>
      <Refused sentence={refusal(appeal.error)} />
      <p className="actions">
        <button className="btn" type="submit" disabled={appeal.isPending}>
          {words("appeal")}
        </button>
      </p>
    </form>
  );
}
