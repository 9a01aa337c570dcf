import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import type { Checkpoint, RunDetail } from "#server/runs/contract.ts";
import { trackMarks } from "./checkpoint-changes.ts";
import { useFormats } from "./use-formats.ts";

type CheckpointTrackProps = { run: RunDetail; checkpoints: readonly Checkpoint[] };

/** Where the checkpoints lie in the run, to scale; each mark leads to its row. */
export function CheckpointTrack({ run, checkpoints }: CheckpointTrackProps) {
  const words = useTranslations("checkpoint");
  const formats = useFormats();
  const end = Math.max(run.step, ...checkpoints.map(({ step }) => step));
  return (
    <div className="track">
      <ol aria-label={words("track")}>
        {trackMarks(checkpoints, end).map(({ share, checkpoints: here }) => {
          const newest = here.at(-1);
          return newest === undefined ? null : (
            <li key={newest.id} style={{ "--at": `${share * 100}%` } as CSSProperties}>
              <a
                href={`#c-${newest.id}`}
                title={here.map(({ step }) => formats.step(step)).join(", ")}
              >
                <span className="sr">
                  {words("trackMark", {
                    count: here.length,
                    step: formats.step(newest.step),
                  })}
                </span>
                {here.length > 1 && <small aria-hidden="true">{here.length}</small>}
              </a>
            </li>
          );
        })}
      </ol>
      <p className="quiet" aria-hidden="true">
        <span>0</span>
        <span>{formats.step(end)}</span>
      </p>
    </div>
  );
}
