"use client";
import { useEffect } from "react";
import { useMember } from "#components/members/use-member.ts";
import { useTRPCClient } from "#components/rpc/trpc.ts";

const SAY_AFTER_MS = 1_500;

type ReadTrackerProps = { threadId: number; readTo: number; from: number };

/** Notes how far the thread has been read: up to the last post that stayed in view for a moment. */
export function ReadTracker({ threadId, readTo, from }: ReadTrackerProps) {
  const { member } = useMember();
  const client = useTRPCClient();
  const memberId = member?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stretch of the thread has other posts to watch.
  useEffect(() => {
    if (memberId === undefined) {
      return;
    }
    let furthest = readTo;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver((entries) => {
      const seen = entries
        .filter(({ isIntersecting }) => isIntersecting)
        .map(({ target }) => Number((target as HTMLElement).dataset["number"]));
      const far = Math.max(furthest, ...seen);
      if (far > furthest) {
        furthest = far;
        clearTimeout(timer);
        timer = setTimeout(() => {
          client.forum.markRead.mutate({ threadId, readTo: far }).catch(() => undefined);
        }, SAY_AFTER_MS);
      }
    });
    const watch = () => {
      for (const post of document.querySelectorAll("article.post[data-number]")) {
        observer.observe(post);
      }
    };
    watch();
    // Posts that arrive while the page is open.
    const arrivals = new MutationObserver(watch);
    const list = document.querySelector(".posts");
    if (list !== null) {
      arrivals.observe(list, { childList: true });
    }
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      arrivals.disconnect();
    };
  }, [client, memberId, threadId, from]);
  return null;
}
