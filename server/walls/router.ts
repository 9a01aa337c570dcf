import { z } from "zod";
import { createRouter, limited, memberProcedure } from "../rpc/procedures.ts";
import { SavedWall, SaveWall } from "./contract.ts";
import { readWall } from "./read-wall.ts";
import { saveWall } from "./save-wall.ts";

/** How members arrange the panels of runs. */
export const wallsRouter = createRouter({
  read: memberProcedure
    .input(z.object({ runId: z.string() }))
    .output(SavedWall)
    .query(({ ctx, input }) => readWall(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  save: memberProcedure
    .use(limited("wall"))
    .input(SaveWall)
    .output(SavedWall)
    .mutation(({ ctx, input }) =>
      saveWall(ctx.db, { ...input, memberId: ctx.actor.memberId, now: ctx.clock() }),
    ),
});
