"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { memo, useEffect, useRef, useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { ConsoleLine, RunDetail } from "#server/runs/contract.ts";
import { LOG_QUERY } from "./detail-queries.ts";
import { sameRun } from "./same-run.ts";

const NEAR_END_PX = 40;

/** The newest lines of the trainer's console; follows them unless the reader has scrolled up. */
export const LogTail = memo(
  function LogTail({ run, live }: { run: RunDetail; live: boolean }) {
    const trpc = useTRPC();
    const words = useTranslations("log");
    const { data } = useQuery(trpc.runs.log.queryOptions({ runId: run.id, ...LOG_QUERY }));
    const box = useRef<HTMLPreElement>(null);
    const follows = useRef(true);
    const [earlier, showEarlier] = useEarlierLines(run.id, data?.lines[0]?.number ?? 0);
    const lines = [...earlier, ...(data?.lines ?? [])];
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
          <div>
            {showEarlier !== null && (
              <p className="tools control-tools">
                <button type="button" className="text-btn" onClick={showEarlier}>
                  {words("earlier")}
                </button>
              </p>
            )}
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
          </div>
        )}
      </section>
    );
  },
  sameRun("id", "archived"),
);

const EARLIER_LINES = 500;

/** The lines before the tail, once a reader asks for them; null where there are none before, or they have come. */
function useEarlierLines(runId: string, first: number): [ConsoleLine[], (() => void) | null] {
  const trpc = useTRPC();
  const [asked, setAsked] = useState<number | null>(null);
  const { data } = useQuery(
    trpc.runs.lines.queryOptions(
      {
        runId,
        after: Math.max(0, (asked ?? 1) - 1 - EARLIER_LINES),
        limit: Math.min(EARLIER_LINES, Math.max(1, (asked ?? 1) - 1)),
      },
      { enabled: asked !== null },
    ),
  );
  // A tail that has moved on would leave a hole after them: then they are asked for anew.
  const shown = asked !== null && first <= asked;
  const lines = shown ? (data?.lines ?? []).filter(({ number }) => number < first) : [];
  return [lines, first > 1 && !shown ? () => setAsked(first) : null];
}
