import { DEFAULT_VIEW, parseView, type View, writeView } from "./view.ts";

/** Runs that one picture can still tell apart. */
export const MOST_RUNS = 20;

export type Comparison = { ids: string[]; base: string | null; view: View };

/** What the address of a comparison says: `run=A&run=B` or `runs=A,B`, `base=A` for the difference, and the view as on a run's page. */
export function parseComparison(params: URLSearchParams): Comparison {
  const named = [...params.getAll("run"), ...(params.get("runs") ?? "").split(",")];
  const ids = [...new Set(named.filter((id) => id !== ""))].slice(0, MOST_RUNS);
  const base = params.get("base");
  const view = parseView(params);
  return {
    ids,
    base: base !== null && ids.includes(base) ? base : null,
    view: { ...view, keys: view.keys.slice(0, 1), span: "whole" },
  };
}

export function writeComparison({ ids, base, view }: Comparison): string {
  const params = writeView({ ...view, span: DEFAULT_VIEW.span });
  for (const id of ids) {
    params.append("run", id);
  }
  if (base !== null) {
    params.set("base", base);
  }
  return params.toString();
}
