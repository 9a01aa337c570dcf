"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { EventIcon } from "#components/charts/event-mark.tsx";
import { ContainedInitiatives } from "#components/initiatives/contained-initiatives.tsx";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Checkpoint } from "#server/runs/contract.ts";
import { ChangedSettings } from "./changed-settings.tsx";
import { CHANGING, compareFiles } from "./checkpoint-changes.ts";
import { type ChangedSetting, compareJson } from "./compare-json.ts";
import { FileHash } from "./file-hash.tsx";
import { useEventText } from "./use-event-text.ts";
import { useFormats } from "./use-formats.ts";
import { useMetricWords } from "./use-metric-words.ts";

const TryIt = lazy(async () => ({
  default: (await import("#components/releases/try-it.tsx")).TryIt,
}));

/** What answering a prompt needs. */
const ANSWERING = ["model.safetensors", "config.json", "vocab.txt"];

type Pair = { checkpoint: Checkpoint; before: Checkpoint | null };

/** A checkpoint whole: what happened since the one before, which settings changed, its figures, its files. */
export function CheckpointDetails({ checkpoint, before }: Pair) {
  const words = useTranslations("checkpoint");
  const formats = useFormats();
  const metrics = useMetricWords();
  const figures = Object.entries(checkpoint.metrics).sort(([a], [b]) => a.localeCompare(b));
  return (
    <div className="ckpt-details">
      {before !== null && <Since checkpoint={checkpoint} before={before} />}
      <ContainedInitiatives
        at={{ runId: checkpoint.runId, attempt: checkpoint.attempt, step: checkpoint.step }}
      />
      <section>
        <h3>{words("figures")}</h3>
        <dl className="pairs">
          {figures.map(([key, value]) => (
            <div key={key}>
              <dt>{metrics.label(key)}</dt>
              <dd>{formats.metric(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3>{words("filesHead")}</h3>
        <ul className="files">
          {compareFiles(checkpoint, before).map(({ file, state }) => (
            <li key={file.name}>
              <a href={file.url} download={file.name}>
                <Icon name="i-down" /> {file.name}
              </a>{" "}
              <span className="quiet">{formats.bytes(file.size)}</span>{" "}
              <FileHash sha256={file.sha256} />{" "}
              {before !== null && <span className="quiet">{words(`fileState.${state}`)}</span>}
            </li>
          ))}
        </ul>
      </section>
      {ANSWERING.every((name) => checkpoint.files.some((file) => file.name === name)) && (
        <Suspense>
          <TryIt checkpointId={checkpoint.id} of={{ step: checkpoint.step }} />
        </Suspense>
      )}
    </div>
  );
}

function Since({ checkpoint, before }: { checkpoint: Checkpoint; before: Checkpoint }) {
  const trpc = useTRPC();
  const words = useTranslations("checkpoint");
  const formats = useFormats();
  const textOf = useEventText();
  const { data } = useQuery(
    trpc.runs.events.queryOptions({
      runId: checkpoint.runId,
      kinds: CHANGING,
      attempt: checkpoint.attempt,
      // A way back lies on the very step that it leads to.
      from: before.attempt === checkpoint.attempt ? before.step + 1 : before.step,
      to: checkpoint.step,
    }),
  );
  const changes = useJsonChanges(checkpoint, before);
  return (
    <section>
      <h3>{words("since", { step: formats.step(before.step) })}</h3>
      {data?.events.length === 0 && <p className="quiet">{words("noEvents")}</p>}
      <ul>
        {(data?.events ?? []).toReversed().map((event) => (
          <li key={event.id}>
            <EventIcon kind={event.kind} /> <a href={`#${event.id}`}>{formats.step(event.step)}</a>{" "}
            {textOf(event)}
          </li>
        ))}
      </ul>
      {changes.data !== undefined && (
        <ChangedSettings changes={changes.data} none={words("sameSettings")} />
      )}
      {changes.isError && <p className="quiet">{words("noSettings")}</p>}
    </section>
  );
}

const LARGEST_JSON = 2 * 1024 * 1024;

/** The settings that lie beside the weights, as they were there and as they are here. */
function useJsonChanges(checkpoint: Checkpoint, before: Checkpoint) {
  return useQuery({
    queryKey: ["checkpoint-settings", before.id, checkpoint.id],
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    queryFn: async (): Promise<ChangedSetting[]> => {
      const both = checkpoint.files.flatMap((file) => {
        const old = before.files.find(({ name }) => name === file.name);
        const readable = file.name.endsWith(".json") && file.size <= LARGEST_JSON;
        return old === undefined || !readable || old.sha256 === file.sha256 ? [] : [[old, file]];
      });
      const changes = await Promise.all(
        both.map(async (pair) => {
          const [old, young] = await Promise.all(pair.map(({ url }) => readJson(url)));
          return compareJson(old, young);
        }),
      );
      return changes.flat();
    },
  });
}

async function readJson(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`The file was answered with ${answer.status}.`);
  }
  return await answer.json();
}
