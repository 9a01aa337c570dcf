// A decision's canonical JSON: names sorted, no spaces, numbers and strings as JSON.stringify writes them (RFC 8785 for the
// values that stand here). The browser's verifier builds the same text from the public export.

/** What stands before the first decision. */
export const CHAIN_START = "0".repeat(64);

export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map((entry) => canonical(entry ?? null)).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([name, entry]) => `${JSON.stringify(name)}:${canonical(entry)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
