"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useInitiativeRefusal } from "./use-initiative-refusal.ts";

/** What a member expects of a metric, before the trial shows it. */
export function PredictionForm({ id }: { id: number }) {
  const words = useTranslations("initiatives");
  const refusal = useInitiativeRefusal();
  const router = useRouter();
  const ids = useId();
  const { member } = useMember();
  const predict = useMutation(
    useTRPC().initiatives.predict.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  if (member === null) {
    return <p className="quiet">{words("predictSignIn")}</p>;
  }
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    predict.mutate({
      id,
      metric: String(data.get("metric")),
      change: Number(data.get("change")),
    });
  };
  return (
    <form className="wide-form" onSubmit={send}>
      <p>
        <label htmlFor={`${ids}-metric`}>{words("metric")}</label>
        <input id={`${ids}-metric`} name="metric" required maxLength={200} defaultValue="loss" />
      </p>
      <p>
        <label htmlFor={`${ids}-change`}>{words("change")}</label>
        <input id={`${ids}-change`} name="change" type="number" step="any" required />
      </p>
      <Refused sentence={refusal(predict.error)} />
      <p>
        <button className="btn" type="submit" disabled={predict.isPending}>
          {words("predict")}
        </button>
      </p>
    </form>
  );
}
