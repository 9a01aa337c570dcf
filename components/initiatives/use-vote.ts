"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";

export type Voted = { id: number; voted: boolean; eligible: number };

/**
 * The vote as the reader sees it: changed at once, put back when it is refused, and then whatever the server counts.
 * Whether one's own vote is eligible only the server knows; the number moves when it has answered.
 */
export function useVote({ id, ...given }: Voted) {
  const { member } = useMember();
  const router = useRouter();
  const [shown, setShown] = useState(given);
  useEffect(() => {
    setShown({ voted: given.voted, eligible: given.eligible });
  }, [given.voted, given.eligible]);
  // Clicks are sent one after another, so that the last one counts; answers to earlier ones move the number only.
  const wish = useRef(given.voted);
  const cast = useMutation(
    useTRPC().initiatives.vote.mutationOptions({
      scope: { id: `vote-${id}` },
      onSuccess: ({ eligible }) => setShown({ voted: wish.current, eligible }),
      onError: () => {
        wish.current = given.voted;
        setShown(given);
      },
    }),
  );
  const toggle = () => {
    if (member === null) {
      router.push("/sign-in");
      return;
    }
    wish.current = !shown.voted;
    setShown((before) => ({ ...before, voted: wish.current }));
    cast.mutate({ id, on: wish.current });
  };
  return { ...shown, toggle, error: cast.error, signedIn: member !== null };
}
