"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/rpc/trpc.ts";

/** Leads to GitHub and back; nothing where the portal has no app there. */
export function GithubButton({ label }: { label: string }) {
  const { members } = useTRPC();
  const { data } = useQuery(members.github.offer.queryOptions());
  const start = useMutation(
    members.github.start.mutationOptions({
      onSuccess: ({ url }) => window.location.assign(url),
    }),
  );
  return data?.offered === true ? (
    <button
      className="btn"
      type="button"
      disabled={start.isPending || start.isSuccess}
      onClick={() => start.mutate()}
    >
      {label}
    </button>
  ) : null;
}
