import { z } from "zod";
import { createRouter, publicProcedure } from "../rpc/procedures.ts";
import { RunProgress } from "./contract.ts";
import { readProgress } from "./read-progress.ts";

/** How far runs are. */
export const progressRouter = createRouter({
  read: publicProcedure
    .input(z.object({ runId: z.string() }))
    .output(RunProgress)
    .query(({ ctx, input }) => readProgress(ctx, { ...input, now: ctx.clock() })),
});
