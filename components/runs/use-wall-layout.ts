"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useLocalWall } from "./use-local-wall.ts";
import { PLAIN_WALL, type WallLayout } from "./wall-layout.ts";

type Wall = [layout: WallLayout, save: (layout: WallLayout) => void];

/** A reader's arrangement of a run's wall: a member's goes with the account, a visitor's stays in this browser. */
export function useWallLayout(runId: string): Wall {
  const { member } = useMember();
  const local = useLocalWall(runId);
  const account = useAccountWall(runId, member !== null);
  return member === null ? local : account;
}

function useAccountWall(runId: string, signedIn: boolean): Wall {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const queryKey = trpc.walls.read.queryKey({ runId });
  const { data } = useQuery(trpc.walls.read.queryOptions({ runId }, { enabled: signedIn }));
  const { mutate } = useMutation(
    trpc.walls.save.mutationOptions({
      // What is on the screen is the newest; a refusal brings back what is stored.
      onMutate: ({ layout }) =>
        queryClient.setQueryData(queryKey, {
          layout: {
            pinned: layout.pinned ?? [],
            order: layout.order ?? [],
            hidden: layout.hidden ?? [],
            folded: [],
          },
          savedAt: null,
        }),
      onError: () => void queryClient.invalidateQueries({ queryKey }),
    }),
  );
  const layout = useMemo(() => ({ ...PLAIN_WALL, ...data?.layout }), [data]);
  const save = useCallback(
    ({ pinned, order, hidden }: WallLayout) =>
      mutate({
        runId,
        layout: { pinned: [...pinned], order: [...order], hidden: [...hidden] },
      }),
    [mutate, runId],
  );
  return [layout, save];
}
