import type { Dataset } from "./dataset.ts";

/** What is different between two lists of datasets, in words; several of one name are told by where they lie. */
export function tellChange(before: Dataset[], after: Dataset[]): string {
  const old = new Map(before.map((dataset) => [dataset.key, dataset]));
  const now = new Set(after.map(({ key }) => key));
  const parts = [
    ...after.filter(({ key }) => !old.has(key)).map((dataset) => `added ${tell(dataset)}`),
    ...before.filter(({ key }) => !now.has(key)).map((dataset) => `left out ${label(dataset)}`),
    ...after.flatMap((dataset) => tellDifference(old.get(dataset.key), dataset)),
  ];
  return parts.length === 0 ? "nothing that is drawn" : parts.join("; ");
}

function label({ task, name, key }: Dataset): string {
  return `${task}.${name} (${key})`;
}

function tell(dataset: Dataset): string {
  return `${label(dataset)} with weight ${dataset.weight} and ${dataset.store.count} records`;
}

function tellDifference(old: Dataset | undefined, dataset: Dataset): string[] {
  if (old === undefined) {
    return [];
  }
  const changes: string[] = [];
  if (old.weight !== dataset.weight) {
    changes.push(`weight ${old.weight} → ${dataset.weight}`);
  }
  if (old.store.count !== dataset.store.count) {
    changes.push(`${old.store.count} → ${dataset.store.count} records`);
  }
  if (label(old) !== label(dataset)) {
    changes.push(`before: ${label(old)}`);
  }
  return changes.length === 0 ? [] : [`${label(dataset)}: ${changes.join(", ")}`];
}
