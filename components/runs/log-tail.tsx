"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { memo, useEffect, useRef } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { LOG_QUERY } from "./detail-queries.ts";

const NEAR_END_PX = 40;

/** The newest lines of the trainer's console; follows them unless the reader has scrolled up. */
export const LogTail = memo(function LogTail({ run, live }: { run: RunDetail; live: boolean }) {
  const trpc = useTRPC();
  const words = useTranslations("log");
  const { data } = useQuery(trpc.runs.log.queryOptions({ runId: run.id, ...LOG_QUERY }));
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  const lines = data?.lines ?? [];
  const newest = lines.at(-1)?.number;
  // The scroll position is the browser's: after new lines are drawn it is moved to the end.
  useEffect(() => {
    if (box.current !== null && follows.current && newest !== undefined) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [newest]);
  if (run.archived) {
    return null;
  }
  return (
    <section className="sec wrap" id="log">
      <h2>
        {words("title")} <small>{words(live ? "live" : "last")}</small>
      </h2>
      {lines.length === 0 ? (
        <div className="empty">
          <p>{words("none")}</p>
        </div>
      ) : (
        <pre
          ref={box}
          className="log"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label={words("title")}
          role="log"
          aria-live="off"
          onScroll={({ currentTarget }) => {
            const left =
              currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight;
            follows.current = left < NEAR_END_PX;
          }}
        >
          {lines.map(({ number, text }) => (
            <span key={number}>
              {text}
              {"\n"}
            </span>
          ))}
        </pre>
      )}
    </section>
  );
});
