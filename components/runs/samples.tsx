"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { memo, useMemo, useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { SAMPLES_QUERY } from "./detail-queries.ts";
import { groupSamples, type PromptSamples, sampledSteps, spreadSteps } from "./group-samples.ts";
import { useFormats } from "./use-formats.ts";

type Shown = { groups: PromptSamples[]; steps: number[]; chosen: number[] };

/** `picked[i]` takes the place of the step that column i would show by itself. */
function useSamples(id: string, picked: readonly (number | null)[] = NONE): Shown {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.runs.samples.queryOptions({ runId: id, ...SAMPLES_QUERY }));
  return useMemo(() => {
    const samples = data?.samples ?? [];
    const steps = sampledSteps(samples);
    const chosen = spreadSteps(steps).map((step, column) => picked[column] ?? step);
    return { groups: groupSamples(samples, chosen), steps, chosen };
  }, [data, picked]);
}

const NONE: readonly (number | null)[] = [];

/** Every prompt with what the model wrote after it, at the first, a middle and the newest checkpoint, or at chosen ones. */
export const Samples = memo(function Samples({ id }: { id: string }) {
  const words = useTranslations("samples");
  const [picked, setPicked] = useState(NONE);
  const { groups, steps, chosen } = useSamples(id, picked);
  const pick = (column: number, step: number) =>
    setPicked(chosen.map((_, index) => (index === column ? step : (picked[index] ?? null))));
  return (
    <section className="sec wrap" id="samples">
      <h2>
        {words("title")} <small>{words("note")}</small>
      </h2>
      {groups.length === 0 ? (
        <div className="empty">
          <p>{words("none")}</p>
        </div>
      ) : (
        <div className="samples">
          {steps.length > chosen.length && (
            <StepChoice steps={steps} chosen={chosen} onPick={pick} />
          )}
          {groups.map((group, index) => (
            <PromptRow key={`${group.task} ${group.prompt}`} group={group} number={index + 1} />
          ))}
        </div>
      )}
    </section>
  );
});

type StepChoiceProps = {
  steps: readonly number[];
  chosen: readonly number[];
  onPick: (column: number, step: number) => void;
};

function StepChoice({ steps, chosen, onPick }: StepChoiceProps) {
  const words = useTranslations("samples");
  const formats = useFormats();
  return (
    <fieldset className="sample-steps">
      <legend className="sr">{words("choose")}</legend>
      {chosen.map((step, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; two of them may show one step.
        <label key={column} className="slide">
          <span className="sr">{words("column", { number: column + 1 })}</span>
          <select
            value={step}
            onChange={({ currentTarget }) => onPick(column, Number(currentTarget.value))}
          >
            {steps.map((one) => (
              <option key={one} value={one}>
                {words("atStep", { step: formats.step(one) })}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
}

function PromptRow({ group, number }: { group: PromptSamples; number: number }) {
  const words = useTranslations("samples");
  const formats = useFormats();
  const lang = langOf(group.lang);
  return (
    <>
      <p className="prompt">
        {words("prompt", { number, task: group.task })}{" "}
        <b lang={lang}>{words("quoted", { text: group.prompt })}</b>
      </p>
      <dl lang={lang}>
        {group.texts.map(({ attempt, step, text }, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two columns may show one step.
          <div key={`${column}/${attempt}/${step}`}>
            <dt>{words("atStep", { step: formats.step(step) })}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The home page's short version: one prompt, told by its words. */
export function LatestSamples({ id }: { id: string }) {
  const words = useTranslations("samples");
  const formats = useFormats();
  const locale = formats.locale;
  const { groups } = useSamples(id);
  const group = groups.find(({ lang }) => lang?.startsWith(locale)) ?? groups[0];
  if (group === undefined) {
    return null;
  }
  const lang = langOf(group.lang);
  return (
    <section>
      <div className="head">
        <h2>
          {words.rich("after", {
            q: () => <span lang={lang}>{words("quoted", { text: group.prompt })}</span>,
          })}
        </h2>
      </div>
      <dl className="said">
        {group.texts.map(({ attempt, step, text }) => (
          <div key={`${attempt}/${step}`}>
            <dt>{formats.step(step)}</dt>
            <dd lang={lang}>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const langOf = (lang: string | null): string | undefined =>
  lang === "zh" ? "zh-Hans" : (lang ?? undefined);
