"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { memo, useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Checkpoint, RunDetail } from "#server/runs/contract.ts";
import { checkpointBefore } from "./checkpoint-changes.ts";
import { CheckpointDetails } from "./checkpoint-details.tsx";
import { CheckpointTrack } from "./checkpoint-track.tsx";
import { CHECKPOINTS_QUERY } from "./detail-queries.ts";
import { useFormats } from "./use-formats.ts";

/** Every public checkpoint: where it lies in the run, its figures, what changed since the one before, its files. */
export const CheckpointsTable = memo(function CheckpointsTable({ run }: { run: RunDetail }) {
  const trpc = useTRPC();
  const words = useTranslations("checkpoint");
  const { data } = useQuery(
    trpc.runs.checkpoints.queryOptions({ runId: run.id, ...CHECKPOINTS_QUERY }),
  );
  const checkpoints = data?.checkpoints ?? [];
  return (
    <section className="sec wrap" id="checkpoints">
      <h2>{words("title")}</h2>
      {checkpoints.length === 0 ? (
        <div className="empty">
          <p>{words(run.archived ? "noneArchived" : "none")}</p>
        </div>
      ) : (
        <div>
          <CheckpointTrack run={run} checkpoints={checkpoints} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
          <section className="scroll" aria-label={words("title")} tabIndex={0}>
            <table className="grid-table">
              <caption className="sr">{words("caption")}</caption>
              <thead>
                <tr>
                  <th scope="col">{words("step")}</th>
                  <th scope="col" className="n">
                    {words("tokensHead")}
                  </th>
                  <th scope="col" className="n">
                    {words("loss")}
                  </th>
                  <th scope="col" className="n">
                    {words("evalLossHead")}
                  </th>
                  <th scope="col">{words("saved")}</th>
                  <th scope="col">{words("filesHead")}</th>
                </tr>
              </thead>
              <tbody>
                {checkpoints.map((checkpoint) => (
                  <Row
                    key={checkpoint.id}
                    checkpoint={checkpoint}
                    before={checkpointBefore(checkpoint, checkpoints, run.attempts)}
                    attempts={run.attempt}
                  />
                ))}
              </tbody>
            </table>
          </section>
        </div>
      )}
    </section>
  );
});

type RowProps = { checkpoint: Checkpoint; before: Checkpoint | null; attempts: number };

const COLUMNS = 6;

function Row({ checkpoint, before, attempts }: RowProps) {
  const words = useTranslations("checkpoint");
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const { metrics } = checkpoint;
  const id = `c-${checkpoint.id}`;
  return (
    <>
      <tr id={id}>
        <th scope="row">
          {formats.step(checkpoint.step)}
          {attempts > 1 && (
            <small className="quiet"> {words("attempt", { number: checkpoint.attempt })}</small>
          )}
        </th>
        <td className="n">{checkpoint.tokens === null ? "–" : formats.count(checkpoint.tokens)}</td>
        <td className="n">{formats.loss(metrics["loss"])}</td>
        <td className="n">{formats.loss(metrics["eval/loss"])}</td>
        <td className="nowrap">{formats.clock(checkpoint.createdAt)}</td>
        <td className="nowrap">
          <button
            type="button"
            className="text-btn"
            aria-expanded={open}
            aria-controls={`${id}-more`}
            onClick={() => setOpen(!open)}
          >
            {words("filesCount", {
              count: checkpoint.files.length,
              size: formats.bytes(checkpoint.bytes),
            })}
            {before !== null && words("andChanges")}
          </button>
        </td>
      </tr>
      {open && (
        <tr id={`${id}-more`} className="more">
          <td colSpan={COLUMNS}>
            <CheckpointDetails checkpoint={checkpoint} before={before} />
          </td>
        </tr>
      )}
    </>
  );
}
