import { compareRouter } from "./compare/router.ts";
import { dailyLogRouter } from "./daily-log/router.ts";
import { decisionsRouter } from "./decisions/router.ts";
import { forumRouter } from "./forum/router.ts";
import { membersRouter } from "./members/router.ts";
import { createRouter } from "./rpc/procedures.ts";
import { runsRouter } from "./runs/router.ts";
import { searchRouter } from "./search/router.ts";

/** Everything that the pages may ask. */
export const appRouter = createRouter({
  members: membersRouter,
  runs: runsRouter,
  compare: compareRouter,
  dailyLog: dailyLogRouter,
  decisions: decisionsRouter,
  forum: forumRouter,
  search: searchRouter,
});
export type AppRouter = typeof appRouter;
