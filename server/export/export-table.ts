import type { XAxis } from "../metrics/contract.ts";
import { listKeys } from "../metrics/list-keys.ts";
import type { PointRows } from "../metrics/merge-rows.ts";
import { scanPoints } from "../metrics/scan-points.ts";
import { TOKENS_KEY } from "../metrics/tokens-axis.ts";
import { AppError } from "../platform/errors.ts";
import type { Pool } from "../platform/pool.ts";

export type ExportInput = {
  runId: string;
  /** Absent: every key that the attempt has, the first 200 of them. */
  keys?: readonly string[] | undefined;
  /** Absent: the newest one. */
  attempt?: number | "all" | undefined;
  x?: XAxis | undefined;
  from?: number | undefined;
  to?: number | undefined;
};

export type ExportRows = PointRows & { attempt: number };
/** What is exported: the names of the keys' columns, the run's first step, and the rows, read as they are asked for. */
export type ExportTable = {
  keys: string[];
  /** The newest of those that are exported. */
  attempt: number;
  startMs: number;
  rows: AsyncGenerator<ExportRows>;
};

const MOST_KEYS = 200;
const RUN = `
  select attempt, (extract(epoch from coalesce("startedAt", "createdAt")) * 1000)::float8 as "startMs"
  from "Run" where id = $1`;

/** Every raw point of a window, as a table. Throws `not_found` for an unknown run, attempt, or when it has none of the keys. */
export async function exportTable(pool: Pool, input: ExportInput): Promise<ExportTable> {
  const { runId, attempt, x } = input;
  const { rows: found } = await pool.query<{ attempt: number; startMs: number }>(RUN, [runId]);
  const [run] = found;
  if (run === undefined) {
    throw new AppError("not_found", "There is no such run. Ask /api/v1/runs for those that exist.");
  }
  const all = Array.from({ length: run.attempt }, (_, index) => index + 1);
  const attempts = attempt === "all" ? all : [attempt ?? run.attempt];
  if (attempts.some((number) => number > run.attempt)) {
    throw new AppError(
      "not_found",
      `This run has ${run.attempt} attempts. Leave the attempt out to read the newest, or ask for all.`,
    );
  }
  const known = await listKeys(pool, {
    runId,
    attempt: attempts.length === 1 ? attempts[0] : undefined,
  });
  const keys = chooseKeys(known, input.keys, x === "tokens");
  return {
    keys,
    attempt: attempts.at(-1) ?? run.attempt,
    startMs: run.startMs,
    rows: scanAttempts(pool, input, { attempts, keys }),
  };
}

function chooseKeys(
  known: readonly string[],
  asked: readonly string[] | undefined,
  tokens: boolean,
): string[] {
  const wanted = asked ?? known.slice(0, MOST_KEYS);
  const keys = wanted.filter((key) => known.includes(key));
  if (keys.length === 0 && asked !== undefined) {
    throw new AppError("not_found", "The run has logged none of these keys. See its `keys`.");
  }
  const axis = tokens && known.includes(TOKENS_KEY) && !keys.includes(TOKENS_KEY);
  return axis ? [TOKENS_KEY, ...keys] : keys;
}

async function* scanAttempts(
  pool: Pool,
  { runId, x, from, to }: ExportInput,
  { attempts, keys }: { attempts: number[]; keys: string[] },
): AsyncGenerator<ExportRows> {
  for (const attempt of attempts) {
    for await (const rows of scanPoints(pool, { runId, attempt, keys, x, from, to })) {
      yield { ...rows, attempt };
    }
  }
}
