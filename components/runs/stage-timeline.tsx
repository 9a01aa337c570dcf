"use client";
import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import type { RunDetail } from "#server/runs/contract.ts";
import { planShare, type StageView, viewStages } from "./stages.ts";
import { useFormats } from "./use-formats.ts";

/** The plan's stages to scale, and where the run stands. Nothing for a run without stages. */
export function StageTimeline({ run }: { run: RunDetail }) {
  const words = useTranslations("stages");
  const stages = viewStages(run.planned, run.step);
  if (stages.length === 0) {
    return null;
  }
  const now = (planShare({ steps: run.planned.steps }, run) ?? 1) * 100;
  return (
    <section className="wrap" aria-label={words("title")}>
      <ol className="stages" style={{ "--now": `${now}%` } as CSSProperties}>
        {stages.map((stage) => (
          <Stage key={stage.number} stage={stage} />
        ))}
      </ol>
    </section>
  );
}

/** A stage that takes less of the plan than this has no room for its words. */
const NARROW = 0.08;

function Stage({ stage }: { stage: StageView }) {
  const words = useTranslations("stages");
  const formats = useFormats();
  const { number, name, fromStep, toStep, state, done, width } = stage;
  const span =
    toStep === null
      ? words("from", { from: formats.step(fromStep) })
      : words("span", { from: formats.step(fromStep), to: formats.step(toStep) });
  return (
    <li
      className={width < NARROW ? `${state} narrow` : state}
      title={`${number} ${name}, ${span}`}
      style={{ "--w": `${width * 100}%`, "--done": `${done * 100}%` } as CSSProperties}
      aria-current={state === "now" ? "step" : undefined}
    >
      <b>
        {number} {name}
      </b>
      <span>
        {state === "now" && toStep !== null
          ? words("spanDone", { span, share: formats.percent(done) })
          : span}
      </span>
    </li>
  );
}
