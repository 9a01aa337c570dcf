/** A run, or a span of its steps, that a text refers to by its address. */
export type Citation = { runId: string; from: number | null; to: number | null };

const ADDRESS =
  /^(?:https?:\/\/([^/]+))?(?:\/(?:en|zh))?\/runs\/([A-Za-z0-9_-]{1,64})\/?(?:\?([^#]*))?(?:#e?-?(\d+))?$/;

/** Reads `/runs/ID?from=…&to=…` (with or without language and our own host); null for any other address. */
export function readCitation(href: string, host?: string): Citation | null {
  const match = ADDRESS.exec(href);
  const runId = match?.[2];
  if (match === null || runId === undefined || (match[1] !== undefined && match[1] !== host)) {
    return null;
  }
  const params = new URLSearchParams(match[3] ?? "");
  if (params.has("x") && params.get("x") !== "step") {
    return { runId, from: null, to: null };
  }
  const from = stepOf(params.get("from"));
  const to = stepOf(params.get("to"));
  return { runId, from, to: from !== null && to !== null && to > from ? to : null };
}

function stepOf(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER
    ? Math.floor(value)
    : null;
}
