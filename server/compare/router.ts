import { createRouter, publicProcedure } from "../rpc/procedures.ts";
import { compareSeries } from "./compare-series.ts";
import { compareTable } from "./compare-table.ts";
import { ComparedSeries, ComparedTable, CompareSeries, CompareTable } from "./contract.ts";

/** Several runs on one picture. */
export const compareRouter = createRouter({
  series: publicProcedure
    .input(CompareSeries)
    .output(ComparedSeries)
    .query(({ ctx, input }) => compareSeries({ ...ctx, now: ctx.clock() }, input)),
  table: publicProcedure
    .input(CompareTable)
    .output(ComparedTable)
    .query(({ ctx, input }) => compareTable({ ...ctx, now: ctx.clock() }, input)),
});
