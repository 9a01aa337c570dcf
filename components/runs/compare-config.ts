import type { RunDetail } from "#server/runs/contract.ts";
import { flattenConfig } from "./flatten-config.ts";

export type ComparedSetting = { name: string; values: (string | null)[]; differs: boolean };

/** Every setting of any of the runs, each run's value in the order of the runs; null where a run has no such setting. */
export function compareConfig(runs: readonly Pick<RunDetail, "config">[]): ComparedSetting[] {
  const tables = runs.map(
    ({ config }) => new Map(flattenConfig(config).map(({ name, value }) => [name, value])),
  );
  const names = [...new Set(tables.flatMap((table) => [...table.keys()]))];
  return names.map((name) => {
    const values = tables.map((table) => table.get(name) ?? null);
    return { name, values, differs: values.some((value) => value !== values[0]) };
  });
}
