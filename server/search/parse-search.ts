export type ParsedSearch = {
  text: string;
  /** What a document must be marked with: `in:engineering`, `by:mem_…`, `tag:spike`. */
  facets: string[];
  /** Names behind `by:`, for the caller to look up. */
  by: string[];
  before: Date | null;
  after: Date | null;
};

const OPERATOR = /(?<!\S)(in|by|tag|before|after):(\S+)/gi;

/** Takes the operators out of what was typed. An operator that makes no sense is searched for as text. */
export function parseSearch(q: string): ParsedSearch {
  const parsed: ParsedSearch = { text: "", facets: [], by: [], before: null, after: null };
  const text = q.replaceAll(OPERATOR, (whole, name: string, value: string) =>
    take(parsed, name.toLowerCase(), value.toLowerCase()) ? " " : whole,
  );
  return { ...parsed, text: text.replaceAll(/\s+/g, " ").trim() };
}

function take(parsed: ParsedSearch, name: string, value: string): boolean {
  if (name === "in" || name === "tag") {
    parsed.facets.push(`${name}:${value}`);
    return true;
  }
  if (name === "by") {
    parsed.by.push(value.replace(/^@/, ""));
    return true;
  }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  if (day === null || Number.isNaN(day.getTime())) {
    return false;
  }
  parsed[name as "before" | "after"] = day;
  return true;
}
