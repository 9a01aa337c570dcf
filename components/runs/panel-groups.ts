import { unitOf } from "./metric-words.ts";

/** A small chart of the wall: metrics that share a unit stand together. */
export type PanelGroup = {
  id: string;
  /** The name before the first slash; null for a metric without one, which stands alone under its own name. */
  prefix: string | null;
  keys: string[];
};

/** Known groups first, in the order in which people look at them. */
const ORDER = ["loss", "eval", "lr", "grad_norm", "throughput", "time", "memory", "batch"];
/** More lines than this in one small panel cannot be told apart. */
const MOST_LINES = 6;
/** The axis of tokens needs no picture of its own. */
const HIDDEN = new Set(["tokens"]);

/** Names before the slash under which each next part is a measure of its own. */
const MIXED = new Set(["eval", "throughput", "energy", "efficiency"]);

/** Sorts a run's metrics into panels: by the name before the slash and by unit, at most six lines to a panel. */
export function groupPanels(keys: readonly string[]): PanelGroup[] {
  const groups = new Map<string, string[]>();
  for (const key of [...new Set(keys)].sort()) {
    if (!HIDDEN.has(key)) {
      const name = [groupName(key), ...familyOf(key)].join(" ");
      groups.set(name, [...(groups.get(name) ?? []), key]);
    }
  }
  const rank = (name: string) => {
    const place = ORDER.indexOf(name);
    return place < 0 ? ORDER.length : place;
  };
  return [...groups]
    .sort(([a], [b]) => rank(prefixOf(a)) - rank(prefixOf(b)) || a.localeCompare(b))
    .flatMap(([name, members]) => split(name, members));
}

const prefixOf = (name: string): string => name.split(" ")[0] ?? name;

/** What tells the panels of one prefix apart: the measure, else the unit. */
function familyOf(key: string): string[] {
  const [prefix = "", measure] = key.split("/");
  if (measure === undefined) {
    return [];
  }
  const unit = unitOf([key]);
  return MIXED.has(prefix) ? [measure] : unit === undefined ? [] : [unit];
}

function groupName(key: string): string {
  const slash = key.indexOf("/");
  return slash > 0 ? key.slice(0, slash) : key;
}

function split(name: string, keys: string[]): PanelGroup[] {
  const alone = keys.length === 1 && keys[0] === name;
  const prefix = prefixOf(name);
  const parts: PanelGroup[] = [];
  for (let start = 0; start < keys.length; start += MOST_LINES) {
    const part = keys.slice(start, start + MOST_LINES);
    parts.push({
      id: start === 0 ? name : `${name} ${start / MOST_LINES + 1}`,
      prefix: alone ? null : prefix,
      keys: part,
    });
  }
  return parts;
}
