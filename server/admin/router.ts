import { readEnv } from "../platform/env.ts";
import { createRouter, limited, publicProcedure, roleProcedure } from "../rpc/procedures.ts";
import { Done, EndToken, Notice, Overview, RetryJob, SaveNotice } from "./contract.ts";
import { endToken } from "./end-token.ts";
import { readNotice, saveNotice } from "./notice.ts";
import { readOverview } from "./read-overview.ts";
import { retryJob } from "./retry-job.ts";

const done = { done: true } as const;
const admins = roleProcedure("admin");
const deciding = admins.use(limited("decide"));

/** The admins' page. Every change here is a row of the public decision log. */
export const adminRouter = createRouter({
  notice: publicProcedure.output(Notice).query(({ ctx }) => readNotice(ctx.db)),
  overview: admins
    .output(Overview)
    .query(({ ctx: { db, pool } }) => readOverview({ db, pool, dataDir: readEnv().DATA_DIR })),
  retryJob: deciding
    .input(RetryJob)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await retryJob(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
  endToken: deciding
    .input(EndToken)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await endToken(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
  saveNotice: deciding
    .input(SaveNotice)
    .output(Done)
    .mutation(async ({ ctx, input: { reason, ...notice } }) => {
      await saveNotice(ctx.db, { notice, reason, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
});
