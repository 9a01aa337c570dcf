"use client";
import { lazy, Suspense } from "react";
import { useHydrated } from "./clock.tsx";

const LiveMarkdown = lazy(async () => ({
  default: (await import("#components/markdown/live-markdown.tsx")).LiveMarkdown,
}));

/** An engineer's note. Until what draws Markdown has come, and without script, it stands as it was written. */
export function NoteText({ markdown }: { markdown: string }) {
  const hydrated = useHydrated();
  const plain = <p className="note-plain">{markdown}</p>;
  return hydrated ? (
    <Suspense fallback={plain}>
      <LiveMarkdown text={markdown} />
    </Suspense>
  ) : (
    plain
  );
}
