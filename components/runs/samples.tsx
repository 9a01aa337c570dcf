"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { memo, useMemo } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { SAMPLES_QUERY } from "./detail-queries.ts";
import { groupSamples, type PromptSamples } from "./group-samples.ts";
import { useFormats } from "./use-formats.ts";

function useSamples(id: string): PromptSamples[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.runs.samples.queryOptions({ runId: id, ...SAMPLES_QUERY }));
  return useMemo(() => groupSamples(data?.samples ?? []), [data]);
}

/** Every prompt with what the model wrote after it, at the first, a middle and the newest checkpoint. */
export const Samples = memo(function Samples({ id }: { id: string }) {
  const words = useTranslations("samples");
  const groups = useSamples(id);
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
          {groups.map((group, index) => (
            <PromptRow key={`${group.task} ${group.prompt}`} group={group} number={index + 1} />
          ))}
        </div>
      )}
    </section>
  );
});

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
        {group.texts.map(({ attempt, step, text }) => (
          <div key={`${attempt}/${step}`}>
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
  const groups = useSamples(id);
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
