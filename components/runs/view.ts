import type { ChartChoices } from "#components/charts/chart-choices.ts";
import type { XAxis } from "#server/metrics/contract.ts";

export type Span = "1h" | "24h" | "7d" | "whole";
export const SPANS: readonly Span[] = ["1h", "24h", "7d", "whole"];
export const SPAN_MS: Record<Exclude<Span, "whole">, number> = {
  "1h": 3_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
};

/** What a reader looks at. It lives in the address, so that a link shows the same view. */
export type View = {
  x: XAxis | "relative";
  y: "linear" | "log";
  /** Factor of the moving average, 0 to 0.999. */
  smoothing: number;
  keys: string[];
  span: Span;
  /** A window chosen by hand, in units of the axis; it takes the place of the span. Without `to` it follows the run. */
  window: { from: number; to: number | null } | null;
  /** Lines taken away and readings pinned. */
  choices: ChartChoices;
  /** What the picture of the layers shows; without a statistic the first that the run has. */
  layers: { stat: string | null; measure: "mean" | "max"; scale: "linear" | "log" };
  /** Kinds of event that are not shown. */
  hiddenKinds: string[];
};

export const DEFAULT_VIEW: View = {
  x: "step",
  y: "linear",
  smoothing: 0.95,
  keys: ["loss"],
  span: "whole",
  window: null,
  choices: { hidden: [], pins: [] },
  layers: { stat: null, measure: "mean", scale: "linear" },
  hiddenKinds: [],
};

const MOST_KEYS = 8;
const MOST_SMOOTHING = 0.999;

/** Reads the address; what is absent or makes no sense is the default. `smoothed`: the default of this run. */
export function parseView(params: URLSearchParams, smoothed = DEFAULT_VIEW.smoothing): View {
  const x = params.get("x");
  const span = params.get("span");
  const smoothing = Number.parseFloat(params.get("smooth") ?? "");
  const keys = params.getAll("m").filter((key) => key !== "");
  return {
    x: x === "tokens" || x === "time" || x === "relative" ? x : DEFAULT_VIEW.x,
    y: params.get("y") === "log" ? "log" : DEFAULT_VIEW.y,
    smoothing: smoothing >= 0 ? Math.min(MOST_SMOOTHING, smoothing) : smoothed,
    keys: keys.length === 0 ? DEFAULT_VIEW.keys : [...new Set(keys)].slice(0, MOST_KEYS),
    span: SPANS.find((one) => one === span) ?? DEFAULT_VIEW.span,
    window: parseWindow(params),
    choices: {
      hidden: params.getAll("hide").filter((id) => id !== ""),
      pins: params.getAll("pin").map(Number).filter(Number.isFinite),
    },
    layers: {
      stat: params.get("stat") || null,
      measure: params.get("cell") === "max" ? "max" : "mean",
      scale: params.get("shade") === "log" ? "log" : "linear",
    },
    hiddenKinds: params.getAll("without").filter((kind) => kind !== ""),
  };
}

function parseWindow(params: URLSearchParams): View["window"] {
  const from = Number(params.get("from") ?? Number.NaN);
  if (!Number.isFinite(from)) {
    return null;
  }
  const to = params.has("to") ? Number(params.get("to")) : null;
  return to === null || to > from ? { from, to } : null;
}

/** The shortest address of a view: only what differs from the default. */
export function writeView(view: View, smoothed = DEFAULT_VIEW.smoothing): URLSearchParams {
  const params = writeCurve(view, smoothed);
  const { stat, measure, scale } = view.layers;
  if (stat !== null) {
    params.set("stat", stat);
  }
  if (measure !== DEFAULT_VIEW.layers.measure) {
    params.set("cell", measure);
  }
  if (scale !== DEFAULT_VIEW.layers.scale) {
    params.set("shade", scale);
  }
  for (const kind of view.hiddenKinds) {
    params.append("without", kind);
  }
  return params;
}

function writeCurve(view: View, smoothed: number): URLSearchParams {
  const params = new URLSearchParams();
  if (view.x !== DEFAULT_VIEW.x) {
    params.set("x", view.x);
  }
  if (view.y !== DEFAULT_VIEW.y) {
    params.set("y", view.y);
  }
  if (view.smoothing !== smoothed) {
    params.set("smooth", String(view.smoothing));
  }
  if (view.keys.join("\n") !== DEFAULT_VIEW.keys.join("\n")) {
    for (const key of view.keys) {
      params.append("m", key);
    }
  }
  if (view.window !== null) {
    params.set("from", String(view.window.from));
    if (view.window.to !== null) {
      params.set("to", String(view.window.to));
    }
  } else if (view.span !== DEFAULT_VIEW.span) {
    params.set("span", view.span);
  }
  for (const id of view.choices.hidden) {
    params.append("hide", id);
  }
  for (const pin of view.choices.pins) {
    params.append("pin", String(pin));
  }
  return params;
}
