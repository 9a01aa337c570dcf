"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { DraftText } from "#server/initiatives/contract.ts";
import { ProposalFields } from "./proposal-fields.tsx";
import { SimilarInitiatives } from "./similar-initiatives.tsx";
import { useInitiativeRefusal } from "./use-initiative-refusal.ts";

const SAVE_AFTER_MS = 1_500;
const EMPTY: DraftText = {
  category: "features",
  ...{ title: "", problem: "", proposal: "", effect: "", measure: "", gpuHours: null, data: null },
};

/** A proposal being written: kept on the server as it grows, published when it is whole. */
export function ProposeForm({ draft }: { draft: { id: number; text: DraftText } | null }) {
  const words = useTranslations("initiatives");
  const refusal = useInitiativeRefusal();
  const router = useRouter();
  const [text, setText] = useState(draft?.text ?? EMPTY);
  const { id, save, savedText } = useSavedDraft(text, draft);
  const publish = useMutation(
    useTRPC().initiatives.publish.mutationOptions({
      onSuccess: (_, { id: published }) => router.push(`/initiatives/${published}`),
    }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const saved = await save.mutateAsync({ ...text, ...(id === null ? {} : { id }) });
    publish.mutate({ id: saved.id });
  };
  return (
    <form className="wide-form" onSubmit={(event) => void send(event).catch(() => undefined)}>
      <ProposalFields value={text} onChange={setText} />
      <SimilarInitiatives title={text.title} />
      <Refused sentence={refusal(publish.error ?? save.error)} />
      <p className="note" role="status">
        {save.isPending ? words("saving") : savedText === text ? words("saved") : ""}
      </p>
      <p className="actions">
        <button className="btn main" type="submit" disabled={publish.isPending || save.isPending}>
          {words("publish")}
        </button>
      </p>
    </form>
  );
}

/** Saves a while after the last key; one save at a time, so that two never make two drafts. */
function useSavedDraft(text: DraftText, draft: { id: number; text: DraftText } | null) {
  const [id, setId] = useState(draft?.id ?? null);
  const [savedText, setSavedText] = useState(draft?.text ?? null);
  const sent = useRef(text);
  const save = useMutation(
    useTRPC().initiatives.saveDraft.mutationOptions({
      onSuccess: (answer) => {
        setId(answer.id);
        setSavedText(sent.current);
      },
    }),
  );
  const { mutate, isPending } = save;
  useEffect(() => {
    if (text === savedText || text.title === "" || isPending) {
      return;
    }
    const timer = setTimeout(() => {
      sent.current = text;
      mutate({ ...text, ...(id === null ? {} : { id }) });
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, savedText, id, isPending, mutate]);
  return { id, save, savedText };
}
