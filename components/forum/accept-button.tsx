"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";

/** Names a reply the answer to the question, or takes that back. */
export function AcceptButton({ postId, on }: { postId: number; on: boolean }) {
  const words = useTranslations("forum");
  const router = useRouter();
  const accept = useMutation(
    useTRPC().forum.accept.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return (
    <button
      className="btn"
      type="button"
      aria-pressed={on}
      disabled={accept.isPending}
      onClick={() => accept.mutate({ postId, on: !on })}
    >
      {words(on ? "unaccept" : "accept")}
    </button>
  );
}
