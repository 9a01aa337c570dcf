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

/** Sorts a run's metrics into panels: by the name before the slash, at most six lines to a panel. */
export function groupPanels(keys: readonly string[]): PanelGroup[] {
  const groups = new Map<string, string[]>();
  for (const key of [...new Set(keys)].sort()) {
    if (!HIDDEN.has(key)) {
      const name = groupName(key);
      groups.set(name, [...(groups.get(name) ?? []), key]);
    }
  }
  const rank = (name: string) => {
    const place = ORDER.indexOf(name);
    return place < 0 ? ORDER.length : place;
  };
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .flatMap(([name, members]) => split(name, members));
}

function groupName(key: string): string {
  const slash = key.indexOf("/");
  return slash > 0 ? key.slice(0, slash) : key;
}

function split(name: string, keys: string[]): PanelGroup[] {
  const alone = keys.length === 1 && keys[0] === name;
  const parts: PanelGroup[] = [];
  for (let start = 0; start < keys.length; start += MOST_LINES) {
    const part = keys.slice(start, start + MOST_LINES);
    parts.push({
      id: start === 0 ? name : `${name} ${start / MOST_LINES + 1}`,
      prefix: alone ? null : name,
      keys: part,
    });
  }
  return parts;
}
