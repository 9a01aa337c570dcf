// What the browser benches look at: a run of a million steps with 60 metrics, and nineteen to compare it with.
import { importSeries } from "#server/metrics/import-series.ts";
import type { Points } from "#server/metrics/points.ts";
import type { Pool } from "#server/platform/pool.ts";

export const STEPS = 1_000_000;
export const RUNS = 20;
const BLOCK = 65_536;
const STEP_MS = 500;

/** Ten metrics that stand alone, and groups like those of a real trainer: 60 in all, in 20 panels. */
export const KEYS = [
  "loss",
  ...["lr", "grad_norm", "weight_norm", "update_norm", "loss_scale", "batch_tokens", "data_wait"],
  ...["memory", "temperature", "tokens"],
  "throughput/tokens_per_second",
  ...Array.from({ length: 24 }, (_, layer) => `attention/${layer}`),
  ...Array.from({ length: 24 }, (_, layer) => `feed_forward/${layer}`),
];

/** What the page of comparisons reads of each run: the loss, and the twelve that its table chooses. */
const COMPARED = KEYS.filter((key) => key !== "tokens").slice(0, 13);

export const runId = (index: number): string => `run_bench${index}`;

/** Repeatable noise in 0 … 1. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function valueAt(key: string, step: number, random: () => number): number {
  if (key === "tokens") {
    return step * 4_096;
  }
  return 1.5 + 8 / (1 + step / 20_000) + 0.3 * Math.sin(step / 90_000) + 0.2 * random();
}

function* blocksOf(key: string, seed: number, began: number): Generator<Points> {
  const random = noise(seed);
  for (let first = 0; first < STEPS; first += BLOCK) {
    const length = Math.min(BLOCK, STEPS - first);
    const block: Points = {
      steps: new Float64Array(length),
      times: new Float64Array(length),
      values: new Float64Array(length),
    };
    for (let index = 0; index < length; index++) {
      const step = first + index + 1;
      block.steps[index] = step;
      block.times[index] = began + step * STEP_MS + Math.floor(random() * 40);
      block.values[index] = valueAt(key, step, random);
    }
    yield block;
  }
}

/** Loads the runs unless they are there; the first one whole, the others with what a comparison reads. */
export async function loadRuns(pool: Pool, count: number): Promise<void> {
  await pool.query(`insert into "Project" (id) values ('bench') on conflict do nothing`);
  for (let index = 0; index < count; index++) {
    const { rowCount } = await pool.query(`select 1 from "Run" where id = $1 and step > 0`, [
      runId(index),
    ]);
    if (rowCount === 0) {
      await loadRun(pool, index);
    }
  }
}

async function loadRun(pool: Pool, index: number): Promise<void> {
  const id = runId(index);
  const began = Date.now() - STEPS * STEP_MS - 60_000;
  await pool.query(`delete from "Run" where id = $1`, [id]);
  await pool.query(
    `insert into "Run" (id, "projectId", name, config, planned, attempt, "startedAt") values ($1, 'bench', $2, $3, $4, 1, $5)`,
    [
      id,
      `Bench ${index}`,
      JSON.stringify({ model: { num_layers: 24, dim_model: 1_024 + index }, seed: index }),
      JSON.stringify({ steps: 2 * STEPS, stages: [{ name: "First", fromStep: 0 }] }),
      new Date(began),
    ],
  );
  await pool.query(
    `insert into "Attempt" ("runId", number, "fromStep", reason, "lastStep") values ($1, 1, 0, 'The run begins.', $2)`,
    [id, STEPS],
  );
  const keys = index === 0 ? KEYS : COMPARED;
  for (const [place, key] of keys.entries()) {
    const blocks = blocksOf(key, index * 100 + place, began);
    await importSeries(pool, { runId: id, attempt: 1, key, blocks });
  }
  await pool.query(
    `update "Run" set step = $2, "lastMessageAt" = now(), "finishStatus" = $3, "finishedAt" = $4 where id = $1`,
    [id, STEPS, index === 0 ? null : "finished", index === 0 ? null : new Date()],
  );
}
