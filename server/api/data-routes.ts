import { z } from "zod";
import { DataReportList, SendDataReport, StoredDataReport } from "../data/contract.ts";
import { listReports } from "../data/list-reports.ts";
import { recordReport } from "../data/record-report.ts";
import { AppError } from "../platform/errors.ts";
import { requireProject } from "./authorize.ts";
import { jsonRoute, Replied, type Route } from "./route.ts";

/** Reports of the data pipeline: what became of each source's documents. */
export const dataRoutes: Route[] = [
  jsonRoute({
    id: "sendDataReport",
    method: "POST",
    path: "/api/v1/data-reports",
    access: "ingest",
    summary: "Report what became of a corpus's documents, source by source",
    description:
      "201 when it is new. The same content again is stored once: 200 and `stored: false`. A report belongs to a project, so a token that is bound to a run is not taken.",
    body: SendDataReport,
    answer: StoredDataReport,
    status: 201,
    handle: async ({ pool, clock, body, principal, origin }) => {
      requireProject(principal, body.project);
      if (principal?.runId != null) {
        throw new AppError(
          "forbidden",
          "This token is bound to a run, and a data report belongs to a project. Make one with `npm run token -- create --scope ingest`.",
        );
      }
      const stored = await recordReport(pool, { report: body, now: clock(), origin });
      return new Replied(stored.stored ? 201 : 200, stored);
    },
  }),
  jsonRoute({
    id: "listDataReports",
    method: "GET",
    path: "/api/v1/data-reports",
    access: "public",
    summary: "Reports of the data pipeline, newest first",
    query: z.object({
      recipe: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(100).optional(),
      next: z.string().max(100).optional(),
    }),
    answer: DataReportList,
    handle: ({ db, query }) => listReports(db, query),
  }),
];
