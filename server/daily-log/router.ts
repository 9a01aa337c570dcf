import { z } from "zod";
import { createRouter, publicProcedure } from "../rpc/procedures.ts";
import { Calendar, DailyLog, DailyLogList, Day } from "./contract.ts";
import { listDailyLogs, readDailyLog } from "./list-daily-logs.ts";
import { readCalendar } from "./read-calendar.ts";

const OfRun = z.object({ runId: z.string() });

/** The daily logs of runs. */
export const dailyLogRouter = createRouter({
  list: publicProcedure
    .input(OfRun.extend({ limit: z.int().min(1).max(400).optional(), next: Day.optional() }))
    .output(DailyLogList)
    .query(({ ctx, input }) => listDailyLogs(ctx.db, input)),
  calendar: publicProcedure
    .input(OfRun)
    .output(Calendar)
    .query(({ ctx, input }) => readCalendar(ctx.db, input)),
  read: publicProcedure
    .input(OfRun.extend({ day: Day }))
    .output(DailyLog)
    .query(({ ctx, input }) => readDailyLog(ctx.db, input)),
});
