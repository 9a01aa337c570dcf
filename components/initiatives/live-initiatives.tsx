"use client";
import { startTransition, useEffect } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { listenTo } from "#components/rpc/signals.ts";

const GATHER_MS = 500;

/** Draws the page anew when what it shows has moved: the server draws, the page keeps what is being written. */
export function LiveInitiatives({ topic }: { topic: string }) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listenTo(topic, () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        startTransition(() => router.refresh());
      }, GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [router, topic]);
  return null;
}
