import { compareRouter } from "./compare/router.ts";
import { dailyLogRouter } from "./daily-log/router.ts";
import { membersRouter } from "./members/router.ts";
import { createRouter } from "./rpc/procedures.ts";
import { runsRouter } from "./runs/router.ts";

/** Everything that the pages may ask. */
export const appRouter = createRouter({
  members: membersRouter,
  runs: runsRouter,
  compare: compareRouter,
  dailyLog: dailyLogRouter,
});
export type AppRouter = typeof appRouter;
