import type { WireNumber } from "../metrics/contract.ts";
import { listKeys } from "../metrics/list-keys.ts";
import type { Db } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import { compareSeries } from "./compare-series.ts";
import type { ComparedSeries, ComparedTable, CompareTable, ConfigRow } from "./contract.ts";

const MOST_KEYS = 12;
const BUCKETS = 1_000;
const HIGHER = /(acc|accuracy|f1|bleu|rouge|mfu|tokens_per_second|throughput|progress|score)/i;

type Tools = { pool: Pool; db: Db; now: number };
type Value = ComparedTable["metrics"][number]["values"][number];

/** Where the configurations of some runs differ, and the best and newest value of their common metrics. */
export async function compareTable(tools: Tools, query: CompareTable): Promise<ComparedTable> {
  const keys = query.keys ?? (await commonKeys(tools.pool, query.runIds));
  const asked = { runs: query.runIds.map((runId) => ({ runId })), x: "step" as const };
  const parts: { some: string[]; found: ComparedSeries }[] = [];
  for (let at = 0; at < keys.length; at += MOST_KEYS) {
    const some = keys.slice(at, at + MOST_KEYS);
    parts.push({
      some,
      found: await compareSeries(tools, { ...asked, keys: some, buckets: BUCKETS }),
    });
  }
  const heads = await compareHeads(tools, query.runIds);
  return {
    runs: heads.map(({ id, name }, index) => ({
      id,
      name,
      status: parts[0]?.found.runs[index]?.status ?? "waiting",
    })),
    config: configRows(heads.map(({ config }) => config)),
    metrics: parts.flatMap(({ some, found }) =>
      some.map((key) => {
        const better = HIGHER.test(key) ? ("higher" as const) : ("lower" as const);
        return {
          key,
          better,
          values: found.runs.map(({ series }) => bestLast(series[key], better)),
        };
      }),
    ),
  };
}

type Head = { id: string; name: string; config: unknown };

async function compareHeads({ db }: Tools, ids: string[]): Promise<Head[]> {
  const select = { id: true, name: true, config: true };
  const rows = await db.run.findMany({ where: { id: { in: ids } }, select });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? { id, name: id, config: {} });
}

/** The keys that the most runs have, the loss first; layers and single tasks are left to the wall. */
async function commonKeys(pool: Pool, runIds: string[]): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const runId of new Set(runIds)) {
    for (const key of await listKeys(pool, { runId })) {
      if (!key.startsWith("layer/")) {
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return [...counts]
    .sort(
      ([a, m], [b, n]) => Number(b === "loss") - Number(a === "loss") || n - m || (a < b ? -1 : 1),
    )
    .slice(0, MOST_KEYS)
    .map(([key]) => key);
}

type Read = Awaited<ReturnType<typeof compareSeries>>["runs"][number]["series"][string];

function bestLast(series: Read | undefined, better: "lower" | "higher"): Value {
  const steps = series?.steps ?? [];
  const column =
    series?.kind === "raw" ? series.values : series?.[better === "lower" ? "min" : "max"];
  const last: WireNumber | undefined = (series?.kind === "raw" ? series.values : series?.last)?.at(
    -1,
  );
  const lastSteps = series?.kind === "raw" ? steps : (series?.lastSteps ?? []);
  let place = -1;
  const values = (column ?? []).map(Number);
  values.forEach((value, index) => {
    const best = values[place];
    const wins = best === undefined || (better === "lower" ? value < best : value > best);
    place = Number.isFinite(value) && wins ? index : place;
  });
  return {
    last: last ?? null,
    lastStep: lastSteps.at(-1) ?? null,
    best: values[place] ?? null,
    bestStep: steps[place] ?? null,
  };
}

/** The leaves of all configurations side by side, as JSON. */
export function configRows(configs: unknown[]): ConfigRow[] {
  const flat = configs.map((config) => new Map(leaves(config, "")));
  const paths = [...new Set(flat.flatMap((leaf) => [...leaf.keys()]))].sort();
  return paths.map((path) => {
    const values = flat.map((leaf) => leaf.get(path) ?? null);
    return { path, values, differs: new Set(values).size > 1 };
  });
}

function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) {
    return path === "" ? [] : [[path, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([name, part]) =>
    leaves(part, path === "" ? name : `${path}.${name}`),
  );
}
