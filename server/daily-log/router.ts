import { z } from "zod";
import { createRouter, publicProcedure, roleProcedure } from "../rpc/procedures.ts";
import {
  Calendar,
  DailyLog,
  DailyLogList,
  Day,
  DayTurn,
  EditDailyLog,
  SetDayTurn,
  SignDailyLog,
} from "./contract.ts";
import { editDailyLog } from "./edit-daily-log.ts";
import { listDailyLogs, readDailyLog } from "./list-daily-logs.ts";
import { readCalendar } from "./read-calendar.ts";
import { setDayTurn } from "./set-day-turn.ts";
import { signDailyLog } from "./sign-daily-log.ts";

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
  edit: roleProcedure("engineer")
    .input(EditDailyLog)
    .output(DailyLog)
    .mutation(async ({ ctx, input }) => {
      const edit = { ...input, authorId: ctx.actor.memberId, now: ctx.clock() };
      await ctx.db.$transaction((tx) => editDailyLog(tx, edit));
      return await readDailyLog(ctx.db, input);
    }),
  sign: roleProcedure("engineer")
    .input(SignDailyLog)
    .output(DailyLog)
    .mutation(async ({ ctx, input }) => {
      await signDailyLog(ctx.db, { ...input, signerId: ctx.actor.memberId, now: ctx.clock() });
      return await readDailyLog(ctx.db, input);
    }),
  setTurn: roleProcedure("engineer")
    .input(SetDayTurn)
    .output(DayTurn)
    .mutation(({ ctx, input }) => setDayTurn(ctx.db, input)),
});
