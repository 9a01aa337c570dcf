import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { WireNumber } from "#server/metrics/contract.ts";
import type { EventKind, RunEvent } from "#server/runs/contract.ts";
import { type Formats, useFormats } from "./use-formats.ts";
import { useMetricWords } from "./use-metric-words.ts";

/**
 * An event's sentence in the reader's language where the portal itself wrote it and its facts are at hand; anything
 * that a trainer or an engineer wrote stays as they wrote it.
 */
export function useEventText(): (event: RunEvent) => string {
  const words = useTranslations("events.text");
  const formats = useFormats();
  const { label } = useMetricWords();
  return useMemo(
    () => (event) => {
      const tell = event.source === "server" && event.data !== null ? TELL[event.kind] : undefined;
      return tell?.({ event, data: event.data ?? {}, words, formats, label }) ?? event.message;
    },
    [words, formats, label],
  );
}

type Facts = {
  event: RunEvent;
  data: Readonly<Record<string, unknown>>;
  words: ReturnType<typeof useTranslations<"events.text">>;
  formats: Formats;
  label: (key: string) => string;
};

/** Null where a fact is missing: then the sentence that came with the event stands. */
type Tell = (facts: Facts) => string | null;

const number = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

const tellStart: Tell = ({ event, data, words, formats }) =>
  words("start", {
    attempt: event.attempt,
    step: formats.step(event.step),
    reason: String(data["reason"]),
  });

const TELL: Partial<Record<EventKind, Tell>> = {
  checkpoint: ({ event, words, formats }) =>
    words("checkpoint", { step: formats.step(event.step) }),
  start: tellStart,
  restart: tellStart,
  rollback: ({ event, data, words, formats }) => {
    const lastStep = number(data["lastStep"]);
    const { reason } = data;
    const step = formats.step(event.step);
    if (lastStep === null) {
      return null;
    }
    return typeof reason === "string"
      ? words("rollback", {
          attempt: event.attempt,
          step,
          reason,
          lastStep: formats.step(lastStep),
        })
      : words("loggedAgain", { step, lastStep: formats.step(lastStep) });
  },
  nan: ({ event, data, words, formats }) =>
    words("nan", { step: formats.step(event.step), value: String(data["value"]) }),
  spike: ({ data, words, formats, label }) => {
    const [value, expected] = [number(data["value"]), number(data["expected"])];
    return value === null || expected === null
      ? null
      : words("spike", {
          metric: label(String(data["key"] ?? "loss")),
          value: formats.metric(value),
          expected: formats.metric(expected),
        });
  },
  slow: ({ data, words, formats }) => {
    const [value, usual] = [number(data["value"]), number(data["usual"])];
    return value === null || usual === null || usual === 0
      ? null
      : words("slow", {
          share: formats.percent(value / usual),
          value: formats.metric(value),
          usual: formats.metric(usual),
        });
  },
  rate: ({ data, words, formats }) => {
    const [from, to] = [number(data["from"]), number(data["to"])];
    return from === null || to === null
      ? null
      : words("rate", { from: formats.metric(from), to: formats.metric(to) });
  },
  data: ({ data, words, formats }) => {
    const [from, to] = [number(data["from"]), number(data["to"])];
    return from === null || to === null
      ? null
      : words("data", {
          source: String(data["source"]),
          from: formats.metric(from),
          to: formats.metric(to),
        });
  },
  stall: ({ event, data, words, formats }) => {
    const silentMs = number(data["silentMs"]);
    return silentMs === null
      ? null
      : words("stall", { age: formats.age(silentMs), step: formats.step(event.step) });
  },
  evaluation: ({ data, words, formats, label }) => {
    const { results } = data;
    if (typeof results !== "object" || results === null) {
      return null;
    }
    const all = Object.entries(results as Record<string, WireNumber>);
    const figures = all
      .slice(0, MOST_RESULTS)
      .map(([key, value]) => `${label(key)} ${formats.metric(value)}`);
    return words("evaluation", {
      figures: figures.join(words("separator")),
      more: Math.max(0, all.length - MOST_RESULTS),
    });
  },
};

const MOST_RESULTS = 3;
