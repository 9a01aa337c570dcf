import type { ServerResponse } from "node:http";
import { z } from "zod";
import { exportTable } from "../export/export-table.ts";
import { readPoints } from "../export/read-points.ts";
import { writeCsv } from "../export/write-csv.ts";
import { writeParquet } from "../export/write-parquet.ts";
import { readerWentAway, writeBytes } from "../http/write-bytes.ts";
import { MetricKey, SeriesQuery, WireNumber, XAxis } from "../metrics/contract.ts";
import { bytesRoute, jsonRoute, type Route } from "./route.ts";

const MAX_INT4 = 2_147_483_647;
const MOST_ROWS = 10_000;
const Keys = z
  .string()
  .max(50_000)
  .transform((text) => text.split(",").filter((key) => key !== ""))
  .pipe(SeriesQuery.shape.keys);
const AttemptNumber = z.coerce.number().int().min(1).max(MAX_INT4);

const ExportQuery = z.object({
  format: z.enum(["csv", "parquet"]).default("csv"),
  keys: Keys.optional(),
  attempt: z.union([z.literal("all"), AttemptNumber]).optional(),
  x: XAxis.default("step"),
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
});

const PointsPage = z.object({
  attempt: z.int(),
  steps: z.array(z.number()),
  times: z.array(z.number()),
  series: z.record(MetricKey, z.array(WireNumber.nullable())),
  next: z.string().nullable(),
});

const MEDIA = { csv: "text/csv", parquet: "application/vnd.apache.parquet" } as const;
const WRITE = { csv: writeCsv, parquet: writeParquet } as const;

/** Raw points, whole: as a file, or page by page. */
export const exportRoutes: Route[] = [
  bytesRoute({
    id: "exportPoints",
    method: "GET",
    path: "/api/v1/runs/{id}/export",
    access: "public",
    limit: "api.export",
    summary: "Every raw point of a window as CSV or Parquet",
    description:
      "Columns: attempt, step, time (UTC), relative_ms (since the run's first step), then one per key. Without `keys`: all, 200 at most. `attempt=all` gives every attempt, the abandoned parts too. `from` and `to` are on the axis `x`, both included.",
    query: ExportQuery,
    bytes: "out",
    media: Object.values(MEDIA),
    answer: z.unknown(),
    handle: async ({ res, pool, params, query }) => {
      const { format, ...asked } = query;
      const table = await exportTable(pool, { ...asked, runId: params.id });
      res.writeHead(200, {
        "content-type": format === "csv" ? `${MEDIA.csv}; charset=utf-8` : MEDIA.parquet,
        "content-disposition": `attachment; filename="${params.id}.${format}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
      await sendPieces(res, WRITE[format](table));
      return undefined;
    },
  }),
  jsonRoute({
    id: "readPoints",
    method: "GET",
    path: "/api/v1/runs/{id}/points",
    access: "public",
    summary: "Raw points of a run, page by page",
    description:
      "In rising step order, null where a key has no value at a step. Hand `next` back to go on behind the last row of the same attempt; null: nothing more yet.",
    query: z.object({
      keys: Keys,
      attempt: AttemptNumber.optional(),
      limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(1_000),
      next: z.string().max(400).optional(),
    }),
    answer: PointsPage,
    bulky: true,
    handle: ({ pool, params, query }) => readPoints(pool, { ...query, runId: params.id }),
  }),
];

/** As fast as the reader takes them: a slow one holds up the reading, not the memory. */
async function sendPieces(res: ServerResponse, pieces: AsyncGenerator<Uint8Array>): Promise<void> {
  if (res.req.method === "HEAD") {
    res.end();
    return;
  }
  try {
    for await (const piece of pieces) {
      if (piece.length > 0) {
        await writeBytes(res, piece);
      }
    }
    res.end();
  } catch (error) {
    if (!readerWentAway(res, error)) {
      throw error;
    }
  }
}
