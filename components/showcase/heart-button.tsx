"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useShowcaseRefusal } from "./use-showcase-refusal.ts";

type HeartProps = { id: number; title: string; hearts: number; given: boolean };

/** One member's one heart; the number is the server's. */
export function HeartButton({ id, title, ...before }: HeartProps) {
  const words = useTranslations("showcase");
  const refusal = useShowcaseRefusal();
  const router = useRouter();
  const { member } = useMember();
  const [shown, setShown] = useState({ hearts: before.hearts, given: before.given });
  const give = useMutation(
    useTRPC().showcase.heart.mutationOptions({
      scope: { id: `heart-${id}` },
      onSuccess: setShown,
    }),
  );
  const press = () =>
    member === null ? router.push("/sign-in") : give.mutate({ id, on: !shown.given });
  return (
    <div>
      <button
        className="vote"
        type="button"
        aria-pressed={shown.given}
        aria-label={words(shown.given ? "takeHeart" : "giveHeart", { title, count: shown.hearts })}
        onClick={press}
      >
        <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
          <path
            className={shown.given ? "f" : "k"}
            d="M8 13.4 2.9 8.3a3.1 3.1 0 0 1 0-4.4 3.1 3.1 0 0 1 4.4 0L8 4.6l.7-.7a3.1 3.1 0 0 1 4.4 0 3.1 3.1 0 0 1 0 4.4Z"
          />
        </svg>
        <b>{shown.hearts}</b>
      </button>
      <Refused sentence={refusal(give.error)} />
    </div>
  );
}
