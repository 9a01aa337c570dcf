import type { ReadyCall } from "#components/api/try-calls.tsx";
import { routes } from "#server/api/routes.ts";

/** What a call needs besides the run, so that it shows something. */
const QUERY: Record<string, string> = {
  readSeries: "keys=loss&buckets=20",
  readPoints: "keys=loss&limit=5",
  exportPoints: "format=csv&keys=loss&from=0&to=20",
  listRuns: "limit=3",
  listEvents: "limit=5",
  listSamples: "limit=3",
  listEvaluations: "limit=5",
  listLines: "limit=10",
  listCheckpoints: "limit=2",
  listDailyLogs: "limit=2",
  listDecisions: "limit=3",
};

/** Every public call that can be made knowing no more than a run; without one, those that need none. */
export function readyCalls(runId: string | null, doesOf: (id: string) => string): ReadyCall[] {
  return routes.flatMap(({ id, method, access, path, bytes, media }) => {
    const asked = runId === null ? path : path.replace("/runs/{id}", `/runs/${runId}`);
    const text = bytes !== "out" || media?.some((kind) => kind !== "image/png") === true;
    if (method !== "GET" || access !== "public" || asked.includes("{") || !text) {
      return [];
    }
    const query = QUERY[id];
    return [{ id, path: query === undefined ? asked : `${asked}?${query}`, does: doesOf(id) }];
  });
}
