import { listKeys } from "../metrics/list-keys.ts";
import { readSeries } from "../metrics/read-series.ts";
import type { Db } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import { type Card, countParameters, ModelSizes } from "./contract.ts";

type Tools = { db: Db; pool: Pool };
type Input = {
  checkpointId: string;
  /** The release before this one, to compare with. */
  before: { version: string; checkpointId: string } | null;
};

/** How far back the last logged value of a figure is looked for, in steps. */
const REACH = 1_000;
const ENERGY = ["energy/kwh", "energy_kwh"];
const CARBON = ["energy/co2e_kg", "co2e_kg"];
const COST = ["energy/cost", "cost"];

/** The model card: what was configured and measured, each from where it was written down when it happened. */
export async function readCard(
  { db, pool }: Tools,
  { checkpointId, before }: Input,
): Promise<Card> {
  const checkpoint = await db.checkpoint.findUniqueOrThrow({
    where: { id: checkpointId },
    include: { run: { select: { config: true, projectId: true } } },
  });
  const { run, attempt, runId, tokens } = checkpoint;
  const config = run.config as Record<string, unknown>;
  const at = { runId, attempt, step: Number(checkpoint.step) };
  const last = await lastValues(pool, at);
  // One after the other: within a transaction there is one connection.
  const sources = await readSources(db, run.projectId);
  const old = before === null ? null : await evaluationsOf(db, before.checkpointId);
  const value = (names: string[]) => names.map((name) => last[name]).find(isNumber) ?? null;
  const cost = value(COST);
  return {
    config: flat(config["model"]),
    parameters: parametersOf(config),
    tokens: tokens === null ? null : Number(tokens),
    evaluations: evaluationsIn(checkpoint.metrics),
    before: before === null || old === null ? null : { version: before.version, evaluations: old },
    tasks: Object.fromEntries(Object.entries(last).filter(([name]) => name.startsWith("loss/"))),
    sources,
    energyKwh: value(ENERGY),
    co2eKg: value(CARBON),
    cost: cost === null ? null : { value: cost, currency: currencyIn(config) },
  };
}

/** By the formula, from a run's configuration; null where that holds no such model. */
export function parametersOf(config: Record<string, unknown>): number | null {
  const sizes = ModelSizes.safeParse(config["model"]);
  return sizes.success ? countParameters(sizes.data) : null;
}

/** The newest value of each figure of the card at a step. */
async function lastValues(
  pool: Pool,
  { runId, attempt, step }: { runId: string; attempt: number; step: number },
): Promise<Record<string, number>> {
  const logged = await listKeys(pool, { runId, attempt });
  const wanted = new Set([...ENERGY, ...CARBON, ...COST]);
  const keys = logged.filter((key) => key.startsWith("loss/") || wanted.has(key));
  if (keys.length === 0) {
    return {};
  }
  const window = { from: Math.max(0, step - REACH), to: step, buckets: 1 };
  const { series } = await readSeries(pool, { runId, attempt, keys, ...window });
  const found = Object.entries(series).map(([key, one]) => [
    key,
    one.kind === "raw" ? one.values.at(-1) : one.last.at(-1),
  ]);
  return Object.fromEntries(found.filter(([, number]) => isNumber(number)));
}

async function evaluationsOf(db: Db, id: string): Promise<Record<string, number>> {
  const row = await db.checkpoint.findUnique({ where: { id }, select: { metrics: true } });
  return evaluationsIn(row?.metrics ?? {});
}

function evaluationsIn(metrics: unknown): Record<string, number> {
  const found = Object.entries((metrics ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    found.filter((pair): pair is [string, number] => /^eval\//.test(pair[0]) && isNumber(pair[1])),
  );
}

/** Of the project's newest report of its data. */
async function readSources(db: Db, projectId: string): Promise<Card["sources"]> {
  const report = await db.dataReport.findFirst({
    where: { projectId },
    orderBy: { builtAt: "desc" },
    select: { sources: { orderBy: { position: "asc" } } },
  });
  return (report?.sources ?? []).map((row) => ({
    name: row.name,
    source: row.source,
    lang: row.lang,
    licence: row.licence,
    documents: Number(row.kept),
    tokens: Number(row.tokens),
  }));
}

function flat(model: unknown): Card["config"] {
  if (typeof model !== "object" || model === null) {
    return null;
  }
  const plain = Object.entries(model).filter(([, value]) =>
    ["number", "string", "boolean"].includes(typeof value),
  );
  return Object.fromEntries(plain);
}

function currencyIn(config: Record<string, unknown>): string | null {
  const { efficiency } = config;
  const nested =
    typeof efficiency === "object" && efficiency !== null && "currency" in efficiency
      ? efficiency.currency
      : config["currency"];
  return typeof nested === "string" ? nested.slice(0, 12) : null;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
