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
  if (axis === "relative") {
    return formatElapsed(x, locale);
  }
  return axis === "step" ? formatStep(x, locale) : formatMetric(Math.round(x), { locale });
}

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const ELAPSED_UNITS = {
  en: { d: "d", h: "h", min: "min", s: "s" },
  zh: { d: "天", h: "小时", min: "分", s: "秒" },
} as const;

/** Time since a beginning in its two largest units: 2 d 4 h, 3 h 20 min, 45 s. */
export function formatElapsed(ms: number, locale: string): string {
  const units = locale === "zh" ? ELAPSED_UNITS.zh : ELAPSED_UNITS.en;
  const seconds = Math.round(Math.abs(ms) / SECOND_MS);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), units.d],
    [Math.floor(seconds / 3_600) % 24, units.h],
    [Math.floor(seconds / 60) % 60, units.min],
    [seconds % 60, units.s],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2);
  const text = shown
    .filter(([count], index) => index === 0 || count > 0)
    .map(([count, unit]) => `${formatStep(count, locale)}${NBSP}${unit}`)
    .join(" ");
  return ms < 0 ? `${MINUS}${text}` : text;
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
  if (axis === "relative") {
    return x === 0 ? "0" : elapsedTick(x, step, locale);
  }
  if (step >= DAY_MS || x % DAY_MS === 0) {
    return formatTime(x, locale, { day: "numeric", month: "short" });
  }
  const seconds = step < MINUTE_MS ? ({ second: "2-digit" } as const) : {};
  return formatTime(x, locale, { hour: "2-digit", minute: "2-digit", ...seconds });
}

/** Whole days where ticks are days apart, else the two units that tell neighbours apart. */
function elapsedTick(x: number, step: number, locale: string): string {
  const unit =
    step >= DAY_MS ? DAY_MS : step >= HOUR_MS ? HOUR_MS : step >= MINUTE_MS ? MINUTE_MS : SECOND_MS;
  return formatElapsed(Math.round(x / unit) * unit, locale);
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
