// The events of a history that was loaded whole: the same detectors, in the order of the steps, as if it had been reported.
import { detectGap, NEW_GAPS } from "../detect/detect-gaps.ts";
import { type DetectorState, detect } from "../detect/detector.ts";
import type { Finding } from "../detect/finding.ts";
import { watchedKeys } from "../detect/watched-keys.ts";
import { listKeys } from "../metrics/list-keys.ts";
import { readPoints } from "../metrics/read-points.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Pool } from "../platform/pool.ts";
import { unknownRun } from "../run-log/run-row.ts";

type History = { runId: string; attempt: number };

/**
 * Finds the events of an archived run's attempt and keeps each once, however often the history is looked through: what was
 * found is named by its kind, series and step. Answers how many were new. A living run's events are found as its batches
 * come: `conflict`.
 */
export async function detectHistory(pool: Pool, history: History): Promise<number> {
  await requireArchived(pool, history.runId);
  const findings = await findAll(pool, history);
  return findings.length === 0 ? 0 : await keep(pool, history, findings);
}

async function requireArchived(pool: Pool, runId: string): Promise<void> {
  const { rows } = await pool.query<{ archived: boolean }>(
    `select archived from "Run" where id = $1`,
    [runId],
  );
  if (rows[0] === undefined) {
    throw unknownRun(runId);
  }
  if (!rows[0].archived) {
    throw new AppError(
      "conflict",
      "This run reports by itself: its events are found as its batches come.",
    );
  }
}

async function findAll(pool: Pool, history: History): Promise<Finding[]> {
  const { loss, rate, speed, weights } = watchedKeys(await listKeys(pool, history));
  const watched = [loss, rate, speed, ...weights].filter((key) => key !== null);
  const findings: Finding[] = [];
  let state: DetectorState | null = null;
  for (const key of watched) {
    const gaps = structuredClone(NEW_GAPS);
    for await (const { steps, times, values } of readPoints(pool, { ...history, key })) {
      const batch = { steps, times, series: { [key]: values } };
      const seen = detect(state, batch, Number.POSITIVE_INFINITY);
      state = seen.state;
      findings.push(...seen.findings);
      if (key === loss) {
        findings.push(
          ...[...steps].flatMap((step, place) =>
            detectGap(gaps, { key, step, time: times[place] as number, value: 0 }),
          ),
        );
      }
    }
  }
  return findings;
}

const KEEP = `
  insert into "RunEvent" (id, "runId", attempt, kind, step, time, message, source, data, "createdAt", detected)
  select e.id, $1, $2, e.kind, e.step, to_timestamp(e.time / 1000), e.message, 'server', e.data,
    to_timestamp(e.time / 1000), e.detected
  from jsonb_to_recordset($3::jsonb) as e
    (id text, kind text, step bigint, time float8, message text, data jsonb, detected text)
  on conflict ("runId", detected) do nothing`;

async function keep(pool: Pool, { runId, attempt }: History, findings: Finding[]): Promise<number> {
  const rows = findings.map((finding) => ({
    ...finding,
    id: newId("evt"),
    detected: `${finding.kind} ${attempt} ${finding.data["key"] ?? ""} ${finding.step}`,
  }));
  const { rowCount } = await pool.query(KEEP, [runId, attempt, JSON.stringify(rows)]);
  return rowCount ?? 0;
}
