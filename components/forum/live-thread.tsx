"use client";
import { startTransition, useEffect } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { listenTo } from "#components/rpc/signals.ts";

const GATHER_MS = 400;

/** Draws the thread anew when something in it is new: the server draws, the page keeps what is being written. */
export function LiveThread({ threadId }: { threadId: number }) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listenTo(`thread:${threadId}`, () => {
      clearTimeout(timer);
      timer = setTimeout(() => startTransition(() => router.refresh()), GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [router, threadId]);
  return null;
}
