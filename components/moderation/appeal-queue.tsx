"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { AuthorName } from "#components/forum/author-line.tsx";
import { Refused } from "#components/members/refused.tsx";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { AppealList } from "#server/moderation/contract.ts";
import { ActRow } from "./act-row.tsx";

/** Appeals that wait; who acted sees them and does not decide. */
export function AppealQueue() {
  const words = useTranslations("moderation");
  const { data } = useQuery(useTRPC().moderation.appeals.queryOptions());
  if (data === undefined || data.appeals.length === 0) {
    return <p className="quiet">{words("noAppeals")}</p>;
  }
  return (
    <ol className="thread-list">
      {data.appeals.map((appeal) => (
        <ActRow key={appeal.id} act={appeal.act}>
          <blockquote className="remark">
            <p>{appeal.text}</p>
            <footer>
              <AuthorName author={appeal.member} />
            </footer>
          </blockquote>
          {appeal.mayDecide ? <DecideForm appeal={appeal} /> : <p>{words("notByYou")}</p>}
        </ActRow>
      ))}
    </ol>
  );
}

function DecideForm({ appeal }: { appeal: AppealList["appeals"][number] }) {
  const words = useTranslations("moderation");
  const refusal = useRefusal();
  const id = useId();
  const [answer, setAnswer] = useState("");
  const { moderation } = useTRPC();
  const client = useQueryClient();
  const decide = useMutation(
    moderation.decideAppeal.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: moderation.pathKey() }),
    }),
  );
  const choose = (overturn: boolean) => () =>
    decide.mutate({ appealId: appeal.id, overturn, answer });
  return (
    <div className="account-form">
      <p>
        <label htmlFor={id}>{words("answerLabel")}</label>
        <input
          id={id}
          value={answer}
          maxLength={500}
          onChange={(event) => setAnswer(event.target.value)}
        />
      </p>
      <Refused sentence={refusal(decide.error)} />
      <p className="actions">
        <button
          className="btn"
          type="button"
          disabled={answer.trim().length < 3}
          onClick={choose(true)}
        >
          {words("overturn")}
        </button>
        <button
          className="btn"
          type="button"
          disabled={answer.trim().length < 3}
          onClick={choose(false)}
        >
          {words("uphold")}
        </button>
      </p>
    </div>
  );
}
