"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Checkpoint, RunDetail } from "#server/runs/contract.ts";
import { CHECKPOINTS_QUERY } from "./detail-queries.ts";
import { FileHash } from "./file-hash.tsx";
import { useFormats } from "./use-formats.ts";

/** Every public checkpoint with its files to download. */
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
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
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
                <Row key={checkpoint.id} checkpoint={checkpoint} attempts={run.attempt} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
});

function Row({ checkpoint, attempts }: { checkpoint: Checkpoint; attempts: number }) {
  const words = useTranslations("checkpoint");
  const formats = useFormats();
  const { metrics } = checkpoint;
  return (
    <tr id={`c-${checkpoint.id}`}>
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
      <td>
        <details className="files">
          <summary>
            {words("filesCount", {
              count: checkpoint.files.length,
              size: formats.bytes(checkpoint.bytes),
            })}
          </summary>
          <ul>
            {checkpoint.files.map((file) => (
              <li key={file.name}>
                <a href={file.url} download={file.name}>
                  <Icon name="i-down" /> {file.name}
                </a>{" "}
                <span className="quiet">{formats.bytes(file.size)}</span>{" "}
                <FileHash sha256={file.sha256} />
              </li>
            ))}
          </ul>
        </details>
      </td>
    </tr>
  );
}
