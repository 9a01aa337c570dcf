import { z } from "zod";
import { HeatMap, HeatMapQuery, SeriesAnswer, SeriesQuery } from "../metrics/contract.ts";
import { readHeatMap } from "../metrics/read-heat-map.ts";
import { readSeries } from "../metrics/read-series.ts";
import { createRouter, limited, publicProcedure, roleProcedure } from "../rpc/procedures.ts";
import { CommandList, RunCommand, SendCommand } from "../run-log/contract.ts";
import { sendCommand } from "../run-log/send-command.ts";
import {
  CheckpointList,
  EvaluationList,
  EventFilter,
  EventList,
  FoundEvent,
  LineList,
  LogTail,
  RunDetail,
  RunList,
  SampleList,
} from "./contract.ts";
import { listCheckpoints } from "./list-checkpoints.ts";
import { listCommands } from "./list-commands.ts";
import { listEvaluations } from "./list-evaluations.ts";
import { listEvents, readEvent } from "./list-events.ts";
import { listLines } from "./list-lines.ts";
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
    .input(OfRun.extend(EventFilter.shape))
    .output(EventList)
    .query(({ ctx, input }) => listEvents(ctx.db, input)),
  event: publicProcedure
    .input(z.object({ id: z.string().max(60) }))
    .output(FoundEvent)
    .query(({ ctx, input }) => readEvent(ctx.db, input.id)),
  evaluations: publicProcedure
    .input(OfRun.extend({ attempt: EventFilter.shape.attempt }))
    .output(EvaluationList)
    .query(({ ctx, input }) => listEvaluations(ctx.db, input)),
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
  lines: publicProcedure
    .input(z.object({ runId: z.string(), limit: Limit, after: z.int().min(0).optional() }))
    .output(LineList)
    .query(({ ctx, input }) => listLines(ctx.db, input)),
  commands: publicProcedure
    .input(z.object({ runId: z.string(), limit: Limit }))
    .output(CommandList)
    .query(({ ctx, input }) => listCommands(ctx.db, input)),
  sendCommand: roleProcedure("engineer")
    .use(limited("command"))
    .input(z.object({ runId: z.string(), command: SendCommand }))
    .output(RunCommand)
    .mutation(({ ctx, input }) =>
      sendCommand(ctx.db, { ...input, memberId: ctx.actor.memberId, now: ctx.clock() }),
    ),
});
