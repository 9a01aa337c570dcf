"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Suspense, useState } from "react";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { CommandKind } from "#server/run-log/contract.ts";
import { possibleCommands } from "./command-choice.ts";
import { CommandsTable } from "./commands-table.tsx";
import { COMMANDS_QUERY } from "./detail-queries.ts";
import { LateCommandDialog } from "./late-dialogs.tsx";
import { ENDED } from "./run-words.ts";
import type { LiveRun } from "./use-live-run.ts";

const PENDING_MS = 5_000;

/** What engineers told the trainer, for everybody; and for engineers, how to tell it. */
export function ControlPanel({ live: { run, status } }: { live: LiveRun }) {
  const trpc = useTRPC();
  const words = useTranslations("control");
  const { can } = useMember();
  const [asked, setAsked] = useState<CommandKind | null>(null);
  const { data } = useQuery(
    trpc.runs.commands.queryOptions(
      { runId: run.id, ...COMMANDS_QUERY },
      {
        enabled: !run.archived,
        // An answer comes with the stream; this is for the case that the stream is down.
        refetchInterval: ({ state }) =>
          state.data?.commands.some(({ acknowledgedAt }) => acknowledgedAt === null) === true
            ? PENDING_MS
            : false,
      },
    ),
  );
  const commands = data?.commands ?? [];
  const listens = can("engineer") && !run.archived && !ENDED.includes(status);
  if (!listens && commands.length === 0) {
    return null;
  }
  return (
    <section className="sec wrap" id="control">
      <h2>
        {words("title")} <small>{words("note")}</small>
      </h2>
      <div>
        {listens && (
          <p className="tools control-tools">
            {possibleCommands(run).map((kind) => (
              <button key={kind} type="button" className="btn" onClick={() => setAsked(kind)}>
                {words(`kinds.${kind}`)}
              </button>
            ))}
          </p>
        )}
        {commands.length === 0 ? (
          <p className="quiet">{words("none")}</p>
        ) : (
          <CommandsTable commands={commands} ended={ENDED.includes(status)} />
        )}
        <Suspense fallback={null}>
          {asked !== null && (
            <LateCommandDialog run={run} kind={asked} onClose={() => setAsked(null)} />
          )}
        </Suspense>
      </div>
    </section>
  );
}
