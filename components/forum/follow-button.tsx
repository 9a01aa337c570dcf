"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { FollowTarget } from "#server/forum/contract.ts";

/** Tells one about what is written here, or about nothing of it. */
export function FollowButton({ of }: { of: FollowTarget }) {
  const words = useTranslations("forum");
  const { member } = useMember();
  const { forum } = useTRPC();
  const client = useQueryClient();
  const { data } = useQuery(forum.followed.queryOptions(of, { enabled: member !== null }));
  const change = useMutation(
    forum.follow.mutationOptions({
      onSuccess: (followed) => client.setQueryData(forum.followed.queryKey(of), followed),
    }),
  );
  if (member === null) {
    return (
      <p className="quiet">
        <Link href="/sign-in">{words("signInToFollow")}</Link>
      </p>
    );
  }
  const level = data?.level ?? null;
  const toggle = (to: "watching" | "muted") => () =>
    change.mutate({ of, level: level === to ? null : to });
  return (
    <p className="actions">
      <button
        className="btn"
        type="button"
        aria-pressed={level === "watching"}
        onClick={toggle("watching")}
      >
        {words(of.kind === "thread" ? "tellReplies" : "tellThreads")}
      </button>
      {of.kind === "thread" && (
        <button
          className="btn"
          type="button"
          aria-pressed={level === "muted"}
          onClick={toggle("muted")}
        >
          {words("mute")}
        </button>
      )}
    </p>
  );
}
