import type { WireNumber } from "../metrics/contract.ts";
import { scanPoints } from "../metrics/scan-points.ts";
import { toWire } from "../metrics/wire-number.ts";
import { AppError } from "../platform/errors.ts";
import type { Pool } from "../platform/pool.ts";
import { exportTable } from "./export-table.ts";

export type PointsInput = {
  runId: string;
  keys: string[];
  attempt?: number | undefined;
  limit: number;
  next?: string | undefined;
};
export type PointsPage = {
  attempt: number;
  steps: number[];
  times: number[];
  series: Record<string, (WireNumber | null)[]>;
  next: string | null;
};

/** One page of raw points. `next` names the attempt too, so that it holds when another one is opened meanwhile. */
export async function readPoints(pool: Pool, input: PointsInput): Promise<PointsPage> {
  const { runId, limit } = input;
  const place = input.next === undefined ? null : readPlace(input.next);
  const asked = { runId, keys: input.keys, attempt: place?.attempt ?? input.attempt };
  const { keys, attempt } = await exportTable(pool, asked);
  const page: PointsPage = { attempt, steps: [], times: [], series: {}, next: null };
  const columns = keys.map((): (number | null)[] => []);
  const scan = { runId, attempt, keys, after: place?.step, rows: limit + 1 };
  for await (const rows of scanPoints(pool, scan)) {
    const room = limit + 1 - page.steps.length;
    page.steps.push(...rows.steps.slice(0, room));
    page.times.push(...rows.times.slice(0, room));
    for (const [key, column] of rows.columns.entries()) {
      columns[key]?.push(...column.slice(0, room));
    }
    if (page.steps.length > limit) {
      break;
    }
  }
  const more = page.steps.length > limit;
  page.steps.length = Math.min(page.steps.length, limit);
  page.times.length = page.steps.length;
  page.series = Object.fromEntries(
    keys.map((key, index) => [key, (columns[index] ?? []).slice(0, limit).map(wireOrNull)]),
  );
  const last = page.steps.at(-1);
  page.next = more && last !== undefined ? `${attempt}-${last}` : null;
  return page;
}

function wireOrNull(value: number | null): WireNumber | null {
  return value === null ? null : toWire(value);
}

function readPlace(next: string): { attempt: number; step: number } {
  const [, attempt, step] = /^(\d{1,9})-(\d{1,16})$/.exec(next) ?? [];
  if (attempt === undefined || step === undefined) {
    throw new AppError(
      "bad_request",
      "`next` is not one that this list handed out. Begin again without it.",
    );
  }
  return { attempt: Number(attempt), step: Number(step) };
}
