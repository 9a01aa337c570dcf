"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useTRPC } from "#components/rpc/trpc.ts";
import { type InitiativeDetail, Revise } from "#server/initiatives/contract.ts";
import { ProposalFields } from "./proposal-fields.tsx";
import { useInitiativeRefusal } from "./use-initiative-refusal.ts";

/** A material edit: the next version, for which everybody votes anew. */
export function ReviseForm({ initiative }: { initiative: InitiativeDetail }) {
  const words = useTranslations("initiatives");
  const refusal = useInitiativeRefusal();
  const router = useRouter();
  const id = useId();
  const [text, setText] = useState(initiative.text);
  const [incomplete, setIncomplete] = useState(false);
  const revise = useMutation(
    useTRPC().initiatives.revise.mutationOptions({
      onSuccess: () => router.push(`/initiatives/${initiative.id}`),
    }),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = new FormData(event.currentTarget).get("note");
    const whole = Revise.safeParse({
      ...text,
      ...{ id: initiative.id, version: initiative.version, note },
    });
    setIncomplete(!whole.success);
    if (whole.success) {
      revise.mutate(whole.data);
    }
  };
  return (
    <form className="wide-form" onSubmit={send}>
      <p className="notice">{words("reviseAbout")}</p>
      <ProposalFields value={text} onChange={setText} fixedCategory />
      <p>
        <label htmlFor={id}>{words("note")}</label>
        <input id={id} name="note" required minLength={5} maxLength={500} />
      </p>
      <Refused sentence={incomplete ? words("refusals.incomplete") : refusal(revise.error)} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={revise.isPending}>
          {words("revise")}
        </button>
      </p>
    </form>
  );
}
