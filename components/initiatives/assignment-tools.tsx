"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { InitiativeDetail } from "#server/initiatives/contract.ts";
import { useInitiativeRefusal } from "./use-initiative-refusal.ts";

/** Who is asked to carry it, and the answer of the one who was asked. */
export function AssignmentTools({ initiative }: { initiative: InitiativeDetail }) {
  const words = useTranslations("initiatives");
  const refusal = useInitiativeRefusal();
  const router = useRouter();
  const id = useId();
  const { member, can } = useMember();
  const done = { onSuccess: () => router.refresh() };
  const offer = useMutation(useTRPC().initiatives.offer.mutationOptions(done));
  const answer = useMutation(useTRPC().initiatives.answerOffer.mutationOptions(done));
  const own = initiative.assignments.find((one) => one.member.id === member?.id);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get("name");
    offer.mutate({ id: initiative.id, memberName: String(name) });
  };
  return (
    <>
      {own !== undefined && (
        <p className="actions">
          {own.acceptedAt === null && (
            <button
              className="btn main"
              type="button"
              onClick={() => answer.mutate({ id: initiative.id, accept: true })}
            >
              {words("acceptOffer")}
            </button>
          )}
          <button
            className="btn"
            type="button"
            onClick={() => answer.mutate({ id: initiative.id, accept: false })}
          >
            {words(own.acceptedAt === null ? "refuseOffer" : "stepBack")}
          </button>
        </p>
      )}
      {can("engineer", "moderator") && (
        <form className="wide-form" onSubmit={send}>
          <p>
            <label htmlFor={id}>{words("askToCarry")}</label>
            <input id={id} name="name" required maxLength={60} autoComplete="off" />
          </p>
          <p>
            <button className="btn" type="submit" disabled={offer.isPending}>
              {words("sendAsk")}
            </button>
          </p>
        </form>
      )}
      <Refused sentence={refusal(offer.error ?? answer.error)} />
    </>
  );
}
