"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";

/** Takes one's own post away, after asking once. */
export function RemoveButton({ postId }: { postId: number }) {
  const words = useTranslations("forum");
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const remove = useMutation(
    useTRPC().forum.remove.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return (
    <button
      className="text-btn"
      type="button"
      disabled={remove.isPending}
      onBlur={() => setAsked(false)}
      onClick={() => (asked ? remove.mutate({ postId }) : setAsked(true))}
    >
      {words(asked ? "removeSure" : "remove")}
    </button>
  );
}
