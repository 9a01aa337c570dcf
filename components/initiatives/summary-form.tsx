"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useInitiativeRefusal } from "./use-initiative-refusal.ts";

/** Where whoever carries the initiative writes what the discussion has come to. */
export function SummaryForm({ id, summary }: { id: number; summary: string }) {
  const trpc = useTRPC();
  const words = useTranslations("initiatives");
  const refusal = useInitiativeRefusal();
  const router = useRouter();
  const field = useId();
  const { member } = useMember();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(
    trpc.initiatives.read.queryOptions({ id }, { enabled: member !== null }),
  );
  const save = useMutation(
    trpc.initiatives.summarise.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        router.refresh();
      },
    }),
  );
  const carries = (data?.assignments ?? []).some(
    (one) => one.member.id === member?.id && one.acceptedAt !== null,
  );
  if (!carries) {
    return null;
  }
  if (!open) {
    return (
      <p>
        <button className="btn" type="button" onClick={() => setOpen(true)}>
          {words("writeSummary")}
        </button>
      </p>
    );
  }
  return (
    <form
      className="wide-form"
      onSubmit={(event) => {
        event.preventDefault();
        const text = String(new FormData(event.currentTarget).get("summary"));
        save.mutate({ id, summary: text });
      }}
    >
      <p>
        <label htmlFor={field}>{words("summary")}</label>
        <textarea id={field} name="summary" rows={6} maxLength={4_000} defaultValue={summary} />
      </p>
      <Refused sentence={refusal(save.error)} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={save.isPending}>
          {words("saveSummary")}
        </button>
        <button className="text-btn" type="button" onClick={() => setOpen(false)}>
          {words("cancel")}
        </button>
      </p>
    </form>
  );
}
