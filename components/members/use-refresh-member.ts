"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#components/rpc/trpc.ts";

/** Forgets everything that was answered to whoever the browser was before, and asks again who it is. */
export function useRefreshMember(): () => Promise<void> {
  const client = useQueryClient();
  const rpc = useTRPC();
  return async () => {
    client.removeQueries({ queryKey: rpc.members.sessions.queryKey() });
    await Promise.all([
      client.invalidateQueries({ queryKey: rpc.members.me.queryKey() }),
      client.invalidateQueries({ queryKey: rpc.members.profile.settings.queryKey() }),
    ]);
  };
}
