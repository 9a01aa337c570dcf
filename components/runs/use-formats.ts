import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { formatMetric, formatStep, roundDuration } from "#components/charts/format.ts";
import type { WireNumber } from "#server/metrics/contract.ts";
import { formatBytes } from "./format-bytes.ts";

const NBSP = "\u00a0";
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** How the page writes numbers, lengths of time and moments, in the reader's language. Moments are UTC. */
export function useFormats() {
  const locale = useLocale();
  const words = useTranslations("time");
  return useMemo(() => makeFormats(locale, words), [locale, words]);
}

export type Formats = ReturnType<typeof makeFormats>;

function makeFormats(locale: string, words: ReturnType<typeof useTranslations<"time">>) {
  const regional = locale === "en" ? "en-GB" : locale;
  const moment = (at: number, options: Intl.DateTimeFormatOptions) =>
    momentFormat(regional, options).format(at);
  return {
    locale,
    /** A step, a count of steps: never abbreviated. */
    step: (step: number) => formatStep(step, locale),
    /** Anything else that is counted: compact from ten thousand on. */
    count: (count: number, digits = 4) => formatMetric(count, { locale, digits }),
    metric: (value: WireNumber | undefined, unit?: string) =>
      value === undefined ? "–" : formatMetric(Number(value), { locale, unit, digits: 4 }),
    loss: (value: WireNumber | undefined) => formatLoss(value, locale),
    percent: (share: number) => {
      const number = new Intl.NumberFormat(locale, {
        maximumFractionDigits: 1,
        minimumFractionDigits: 1,
      }).format(share * 100);
      return locale === "zh" ? `${number}%` : `${number}${NBSP}%`;
    },
    bytes: (bytes: number) => formatBytes(bytes, locale),
    /** One number of the largest fitting unit: for ages. */
    age: (ms: number) => {
      const { unit, count } = roundDuration(ms);
      return words(unit, { count });
    },
    /** Two units where they tell more: for what is still to come. */
    duration: (ms: number) => {
      if (ms < HOUR_MS) {
        return words("minutes", { count: Math.max(1, Math.round(ms / MINUTE_MS)) });
      }
      if (ms < DAY_MS) {
        const minutes = Math.round(ms / MINUTE_MS);
        return words("hoursMinutes", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
      }
      const hours = Math.round(ms / HOUR_MS);
      if (hours % 24 === 0) {
        return words("days", { count: hours / 24 });
      }
      return words("daysHours", { days: Math.floor(hours / 24), hours: hours % 24 });
    },
    /** 29 Nov */
    day: (at: number) => moment(at, { day: "numeric", month: "short" }),
    /** 29 Nov 2026 */
    date: (at: number) => moment(at, { day: "numeric", month: "short", year: "numeric" }),
    /** 29 Nov, 17:48 UTC; with its year when that is another one */
    clock: (at: number) =>
      words("utc", {
        moment: moment(at, {
          day: "numeric",
          month: "short",
          hour: "2-digit",
          minute: "2-digit",
          ...(yearOf(at) === yearOf(Date.now()) ? {} : { year: "numeric" }),
        }),
      }),
    /** 17:48 UTC */
    hour: (at: number) =>
      words("utc", { moment: moment(at, { hour: "2-digit", minute: "2-digit" }) }),
  };
}

const momentFormats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a hundred times as long as using it, and a table of events has one moment a row. */
function momentFormat(regional: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${regional} ${JSON.stringify(options)}`;
  const known = momentFormats.get(name);
  if (known !== undefined) {
    return known;
  }
  const made = new Intl.DateTimeFormat(regional, {
    ...options,
    timeZone: "UTC",
    hourCycle: "h23",
  });
  momentFormats.set(name, made);
  return made;
}

const yearOf = (at: number): number => new Date(at).getUTCFullYear();

/** Losses stand to three decimals, so that they line up and do not jump in width. */
function formatLoss(value: WireNumber | undefined, locale: string): string {
  const number = Number(value);
  if (value === undefined || !Number.isFinite(number)) {
    return value === undefined ? "–" : formatMetric(number, { locale });
  }
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
  }).format(number);
}
