"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMember } from "#components/members/use-member.ts";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { ReactionKind, ShownPost } from "#server/forum/contract.ts";

type ReactionButtonsProps = { post: ShownPost; question: boolean; own: boolean };

/** Short answers that need no post: counts for everyone, buttons for members. */
export function ReactionButtons({ post, question, own }: ReactionButtonsProps) {
  const words = useTranslations("forum");
  const { member } = useMember();
  const refusal = useRefusal();
  const [shown, setShown] = useState({ counts: post.reactions, mine: post.mine });
  const react = useMutation(useTRPC().forum.react.mutationOptions());
  const kinds: ReactionKind[] =
    post.number > 1 ? ["helpful", "agree", "thanks"] : [question ? "same" : "agree", "thanks"];
  const give = (kind: ReactionKind) => {
    const on = !shown.mine.includes(kind);
    react.mutate(
      { postId: post.id, kind, on },
      {
        onSuccess: (counts) =>
          setShown(({ mine }) => ({
            counts,
            mine: on ? [...mine, kind] : mine.filter((one) => one !== kind),
          })),
      },
    );
  };
  return (
    <>
      {kinds.map((kind) => {
        const count = shown.counts[kind] ?? 0;
        if (member === null || own) {
          return count === 0 ? null : (
            <span key={kind} className="quiet">
              {words(`reaction.${kind}`)} <b>{count}</b>
            </span>
          );
        }
        return (
          <button
            key={kind}
            className="btn"
            type="button"
            aria-pressed={shown.mine.includes(kind)}
            disabled={react.isPending}
            onClick={() => give(kind)}
          >
            {words(`reaction.${kind}`)} {count > 0 && <b>{count}</b>}
          </button>
        );
      })}
      {react.error !== null && (
        <span className="bad" role="alert">
          {refusal(react.error)}
        </span>
      )}
    </>
  );
}
