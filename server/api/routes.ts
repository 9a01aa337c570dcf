// The public API, whole: the gateway serves this table, the OpenAPI document describes it, and the access test walks it.
// A call that is not in it does not exist.
import { z } from "zod";
import { dailyLogRoutes } from "./daily-log-routes.ts";
import { dataRoutes } from "./data-routes.ts";
import { exportRoutes } from "./export-routes.ts";
import { fileRoutes } from "./file-routes.ts";
import { memberRoutes } from "./member-routes.ts";
import { modelRoutes } from "./model-routes.ts";
import { openApiDocument } from "./openapi.ts";
import { pictureRoutes } from "./picture-routes.ts";
import { portalRoutes } from "./portal-routes.ts";
import { LIVE_STREAM, readRoutes } from "./read-routes.ts";
import { reportRoutes } from "./report-routes.ts";
import { jsonRoute, type Route } from "./route.ts";

const documented: Route[] = [
  ...reportRoutes,
  ...readRoutes,
  ...dailyLogRoutes,
  ...exportRoutes,
  ...pictureRoutes,
  ...dataRoutes,
  ...fileRoutes,
  ...modelRoutes,
  ...memberRoutes,
  ...portalRoutes,
];

export const routes: Route[] = [
  ...documented,
  jsonRoute({
    id: "openapi",
    method: "GET",
    path: "/api/v1/openapi.json",
    access: "public",
    summary: "This API as an OpenAPI 3.1 document",
    answer: z.record(z.string(), z.unknown()),
    bulky: true,
    handle: async ({ origin }) =>
      openApiDocument({ routes: documented, live: LIVE_STREAM, origin }),
  }),
];
