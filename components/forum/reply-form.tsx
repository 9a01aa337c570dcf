"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Composer } from "./composer.tsx";
import { DraftNote } from "./draft-note.tsx";
import { newSendKey } from "./new-send-key.ts";
import { QUOTE_EVENT } from "./quote-button.tsx";
import { useDraft } from "./use-draft.ts";

type ReplyFormProps = { threadId: number; locked: boolean; onLastPage: boolean };

/** Where a reply is written; what stands in it is kept on the server until it is posted. */
export function ReplyForm({ threadId, locked, onLastPage }: ReplyFormProps) {
  const words = useTranslations("forum");
  const { member } = useMember();
  if (locked) {
    return <p className="notice warn">{words("lockedSay")}</p>;
  }
  if (member === null) {
    return (
      <p className="reply">
        <Link href="/sign-in">{words("signInToReply")}</Link>
      </p>
    );
  }
  return <Reply threadId={threadId} onLastPage={onLastPage} />;
}

function Reply({ threadId, onLastPage }: Omit<ReplyFormProps, "locked">) {
  const words = useTranslations("forum");
  const router = useRouter();
  const refusal = useRefusal();
  const draft = useDraft(`thread:${threadId}`);
  const { text, write } = draft;
  const [sendKey, setSendKey] = useState(newSendKey);
  const area = useRef<HTMLTextAreaElement>(null);
  useQuotations((quotation) => {
    write({
      ...text,
      body: text.body.trim() === "" ? quotation : `${text.body.trim()}\n\n${quotation}`,
    });
    area.current?.focus();
  });
  const reply = useMutation(
    useTRPC().forum.reply.mutationOptions({
      onSuccess: ({ number, held }) => {
        draft.forget();
        setSendKey(newSendKey());
        if (held) {
          return;
        }
        if (onLastPage) {
          router.refresh();
        } else {
          router.push(`/forum/t/${threadId}?from=${number}#p${number}`);
        }
      },
    }),
  );
  return (
    <form
      className="reply"
      onSubmit={(event) => {
        event.preventDefault();
        reply.mutate({ threadId, body: text.body, sendKey });
      }}
    >
      <Composer
        ref={area}
        label={words("yourReply")}
        value={text.body}
        threadId={threadId}
        onChange={(body) => write({ ...text, body })}
      />
      <Refused sentence={refusal(reply.error)} />
      <p className="actions">
        <button
          className="btn main"
          type="submit"
          disabled={reply.isPending || text.body.trim() === ""}
        >
          {words("postReply")}
        </button>
        {reply.data?.held === true && <span role="status">{words("held")}</span>}
        <DraftNote draft={draft} />
      </p>
    </form>
  );
}

/** Hears of quotations that are asked for anywhere on the page. */
function useQuotations(take: (quotation: string) => void): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const hear = (event: Event) => latest.current((event as CustomEvent<string>).detail);
    window.addEventListener(QUOTE_EVENT, hear);
    return () => window.removeEventListener(QUOTE_EVENT, hear);
  }, []);
}
