import { z } from "zod";
import { HeatMap, HeatMapQuery, SeriesAnswer, SeriesQuery } from "../metrics/contract.ts";
import { readHeatMap } from "../metrics/read-heat-map.ts";
import { readSeries } from "../metrics/read-series.ts";
import { createRouter, publicProcedure } from "../rpc/procedures.ts";
import { CheckpointList, EventList, LogTail, RunDetail, RunList, SampleList } from "./contract.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { listEvents } from "./list-events.ts";
import { listRuns } from "./list-runs.ts";
import { listSamples } from "./list-samples.ts";
import { readLogTail } from "./read-log-tail.ts";
import { readRun } from "./read-run.ts";

const MAX_LIMIT = 500;
const Limit = z.int().min(1).max(MAX_LIMIT).optional();
const OfRun = z.object({ runId: z.string(), limit: Limit, next: z.string().optional() });

/** What the pages ask about runs. */
export const runsRouter = createRouter({
  list: publicProcedure
    .input(
      z.object({ archived: z.boolean().optional(), limit: Limit, next: z.string().optional() }),
    )
    .output(RunList)
    .query(({ ctx, input }) => listRuns(ctx.db, { ...input, now: ctx.clock() })),
  read: publicProcedure
    .input(z.object({ id: z.string() }))
    .output(RunDetail)
    .query(({ ctx, input }) => readRun(ctx, { ...input, now: ctx.clock() })),
  series: publicProcedure
    .input(SeriesQuery)
    .output(SeriesAnswer)
    .query(({ ctx, input }) => readSeries(ctx.pool, input)),
  heatMap: publicProcedure
    .input(HeatMapQuery)
    .output(HeatMap)
    .query(({ ctx, input }) => readHeatMap(ctx.pool, input)),
  events: publicProcedure
    .input(OfRun)
    .output(EventList)
    .query(({ ctx, input }) => listEvents(ctx.db, input)),
  checkpoints: publicProcedure
    .input(OfRun)
    .output(CheckpointList)
    .query(({ ctx, input }) => listCheckpoints(ctx.db, input)),
  samples: publicProcedure
    .input(OfRun)
    .output(SampleList)
    .query(({ ctx, input }) => listSamples(ctx.db, input)),
  log: publicProcedure
    .input(z.object({ runId: z.string(), limit: Limit }))
    .output(LogTail)
    .query(({ ctx, input }) => readLogTail(ctx.db, input)),
});
