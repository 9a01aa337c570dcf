import { createRouter, publicProcedure } from "../rpc/procedures.ts";
import { DecisionPage, DecisionQuery } from "./contract.ts";
import { listDecisions } from "./list-decisions.ts";

/** The public log of decisions. */
export const decisionsRouter = createRouter({
  list: publicProcedure
    .input(DecisionQuery)
    .output(DecisionPage)
    .query(({ ctx, input }) => listDecisions(ctx.db, input)),
});
