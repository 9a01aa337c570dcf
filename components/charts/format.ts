import type { XAxis } from "./series.ts";

const NBSP = "\u00a0";
const MINUS = "\u2212";
const COMPACT_FROM = 10_000;
const TINY = 0.001;

export type MetricFormat = {
  locale: string;
  unit?: string | undefined;
  /** Keeps trailing zeros, so that a value that changes on screen keeps its width. */
  steady?: boolean | undefined;
  /** Significant digits of numbers that are not whole; 4 unless told. */
  digits?: number | undefined;
};

const cache = new Map<string, Intl.NumberFormat>();

/** Making a formatter costs more than using it, and charts use it for each tick of each frame. */
function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = locale + JSON.stringify(options);
  const made = cache.get(name) ?? new Intl.NumberFormat(locale, options);
  cache.set(name, made);
  return made;
}

/**
 * A metric's value for people: four significant digits, from ten thousand on compact (25.2 k, 15.55 B,
 * 155.5 亿), under a thousandth as 1.80e−3; number and unit never break apart.
 */
export function formatMetric(
  value: number,
  { locale, unit, digits = 4, steady = false }: MetricFormat,
): string {
  const number = plainNumber(value, { locale, digits, least: steady ? digits : 3 });
  return unit ? `${number}${NBSP}${unit}` : number;
}

type Plain = { locale: string; digits: number; least: number };

function plainNumber(value: number, { locale, digits, least }: Plain): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : `${MINUS}∞`;
  }
  const size = Math.abs(value);
  if (size >= COMPACT_FROM) {
    return compact(value, locale, digits);
  }
  if (size > 0 && size < TINY) {
    const [mantissa = "", exponent = ""] = value.toExponential(2).split("e");
    return withMinus(`${mantissa}e${exponent.replace("+", "")}`);
  }
  const options = Number.isInteger(value)
    ? {}
    : { minimumSignificantDigits: Math.min(digits, least), maximumSignificantDigits: digits };
  return withMinus(formatter(locale, options).format(value));
}

function compact(value: number, locale: string, digits: number): string {
  const parts = formatter(locale, {
    notation: "compact",
    maximumSignificantDigits: digits,
  }).formatToParts(value);
  const number = parts.filter((part) => part.type !== "compact" && part.type !== "literal");
  const suffix = parts.find((part) => part.type === "compact")?.value ?? "";
  const text = number.map((part) => part.value).join("");
  return withMinus(suffix ? `${text}${NBSP}${suffix === "K" ? "k" : suffix}` : text);
}

const withMinus = (text: string): string => text.replaceAll("-", MINUS);

/** A step is never abbreviated, in Chinese neither. */
export function formatStep(step: number, locale: string): string {
  return formatter(locale, { maximumFractionDigits: 0 }).format(step);
}

/** A tick's label with as many decimals as its distance to the next one asks for. */
export function formatTick(
  value: number,
  { locale, step }: { locale: string; step: number },
): string {
  if (Math.abs(value) >= COMPACT_FROM || (step > 0 && step < 0.0001)) {
    return plainNumber(value, { locale, digits: 4, least: 3 });
  }
  const decimals = Math.max(0, Math.min(4, -Math.floor(Math.log10(step) + 1e-9)));
  return withMinus(
    formatter(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(
      value,
    ),
  );
}

/** A place on the horizontal axis, in full: for the cross-hair, the table and names. */
export function formatX(x: number, axis: XAxis, locale: string): string {
  if (axis === "time") {
    return formatTime(x, locale, { dateStyle: "medium", timeStyle: "medium" });
  }
  return axis === "step" ? formatStep(x, locale) : formatMetric(Math.round(x), { locale });
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A tick of the horizontal axis; times show only what their distance asks for. */
export function formatXTick(
  x: number,
  axis: XAxis,
  { locale, step }: { locale: string; step: number },
): string {
  if (axis === "step") {
    return formatStep(x, locale);
  }
  if (axis === "tokens") {
    return x === 0 ? "0" : formatMetric(x, { locale });
  }
  if (step >= DAY_MS || x % DAY_MS === 0) {
    return formatTime(x, locale, { day: "numeric", month: "short" });
  }
  const seconds = step < MINUTE_MS ? ({ second: "2-digit" } as const) : {};
  return formatTime(x, locale, { hour: "2-digit", minute: "2-digit", ...seconds });
}

const timeCache = new Map<string, Intl.DateTimeFormat>();

/** Times are UTC everywhere: readers sit in many zones and speak of the same moment. */
function formatTime(x: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  const name = locale + JSON.stringify(options);
  const regional = locale === "en" ? "en-GB" : locale;
  const made =
    timeCache.get(name) ??
    new Intl.DateTimeFormat(regional, { ...options, timeZone: "UTC", hourCycle: "h23" });
  timeCache.set(name, made);
  return made.format(x);
}

export type DurationUnit = "seconds" | "minutes" | "hours" | "days";

/** A length of time as one whole number of its largest fitting unit; the words come from the catalogue. */
export function roundDuration(ms: number): { unit: DurationUnit; count: number } {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) {
    return { unit: "seconds", count: seconds };
  }
  if (seconds < 90 * 60) {
    return { unit: "minutes", count: Math.round(seconds / 60) };
  }
  return seconds < 36 * 3600
    ? { unit: "hours", count: Math.round(seconds / 3600) }
    : { unit: "days", count: Math.round(seconds / 86_400) };
}

const WIDE_CHARACTER = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/gu;

/** About how wide a text is in pixels; enough to decide whether a label fits, without touching the page. */
export function textWidth(text: string, size = 11.5): number {
  const wide = text.match(WIDE_CHARACTER)?.length ?? 0;
  return size * (wide + (text.length - wide) * 0.54);
}
