"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
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
  const cast = useMutation(
    useTRPC().initiatives.vote.mutationOptions({
      onMutate: ({ on }) => {
        setShown((before) => ({ ...before, voted: on }));
      },
      onSuccess: ({ voted, eligible }) => setShown({ voted, eligible }),
      onError: () => setShown(given),
    }),
  );
  const toggle = () => {
    if (member === null) {
      router.push("/sign-in");
    } else if (!cast.isPending) {
      cast.mutate({ id, on: !shown.voted });
    }
  };
  return { ...shown, toggle, error: cast.error, signedIn: member !== null };
}
