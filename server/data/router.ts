import { createRouter, publicProcedure } from "../rpc/procedures.ts";
import { AskSources, DataGrowth, DataSources } from "./contract.ts";
import { readSources } from "./list-reports.ts";
import { readGrowth } from "./read-growth.ts";

/** What the data pipeline reported. */
export const dataRouter = createRouter({
  sources: publicProcedure
    .input(AskSources)
    .output(DataSources)
    .query(({ ctx, input }) => readSources(ctx.db, input)),
  growth: publicProcedure
    .input(AskSources)
    .output(DataGrowth)
    .query(({ ctx, input }) => readGrowth(ctx.db, input)),
});
