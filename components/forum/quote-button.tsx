"use client";
import { useTranslations } from "next-intl";
import { useTRPCClient } from "#components/rpc/trpc.ts";
import type { ShownPost } from "#server/forum/contract.ts";
import { quotePost } from "./quote-post.ts";

/** The event that carries a quotation to the reply form of the page. */
export const QUOTE_EVENT = "forum-quote";

/** Puts the selected words of a post, or all of it, into the reply. */
export function QuoteButton({ post, threadId }: { post: ShownPost; threadId: number }) {
  const words = useTranslations("forum");
  const client = useTRPCClient();
  const quote = async () => {
    const selected = selectedIn(`p${post.number}`);
    const text = selected ?? (await client.forum.source.query({ postId: post.id })).body;
    const detail = quotePost({ text, threadId, number: post.number, name: post.author.name });
    window.dispatchEvent(new CustomEvent(QUOTE_EVENT, { detail }));
  };
  return (
    <button className="btn" type="button" onClick={() => void quote()}>
      {words("quote")}
    </button>
  );
}

/** What is selected, when it lies within the post. */
function selectedIn(id: string): string | null {
  const selection = window.getSelection();
  const text = selection?.toString().trim() ?? "";
  const inside = document.getElementById(id)?.contains(selection?.anchorNode ?? null) === true;
  return text !== "" && inside ? text : null;
}
