import type { Prisma } from "../platform/db.ts";
import type { ReleaseItem, ReleaseState } from "./contract.ts";
import { parametersOf } from "./read-card.ts";

/** What has to be read of a release for a line about it. */
export const RELEASE_ITEM = {
  id: true,
  version: true,
  state: true,
  publishedAt: true,
  createdAt: true,
  checkpoint: { select: { step: true, run: { select: { id: true, name: true, config: true } } } },
  files: { select: { path: true, size: true } },
} satisfies Prisma.ReleaseSelect;

type Row = Prisma.ReleaseGetPayload<{ select: typeof RELEASE_ITEM }>;

export function toReleaseItem(row: Row): ReleaseItem {
  const { run, step } = row.checkpoint;
  const config = run.config as Record<string, unknown>;
  const model = (config["model"] ?? {}) as Record<string, unknown>;
  const weights = row.files.filter(({ path }) => path.endsWith(".safetensors"));
  return {
    id: row.id,
    version: row.version,
    state: row.state as ReleaseState,
    publishedAt: row.publishedAt?.getTime() ?? null,
    createdAt: row.createdAt.getTime(),
    step: Number(step),
    runId: run.id,
    runName: run.name,
    parameters: parametersOf(config),
    layers: number(model["num_layers"]),
    width: number(model["dim_model"]),
    bytes: Math.max(0, ...weights.map(({ size }) => Number(size))),
  };
}

const number = (value: unknown): number | null => (typeof value === "number" ? value : null);

/** The one that is offered now: the newest that was published and not taken back. */
export function offered<T extends Pick<ReleaseItem, "state" | "publishedAt">>(
  releases: readonly T[],
): T | null {
  const published = releases.filter(({ state }) => state === "published" || state === "superseded");
  return published.toSorted((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0)).at(0) ?? null;
}
