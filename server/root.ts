import { adminRouter } from "./admin/router.ts";
import { alertsRouter } from "./alerts/router.ts";
import { compareRouter } from "./compare/router.ts";
import { dailyLogRouter } from "./daily-log/router.ts";
import { dataRouter } from "./data/router.ts";
import { decisionsRouter } from "./decisions/router.ts";
import { createThreadFor } from "./forum/create-thread-for.ts";
import { forumRouter } from "./forum/router.ts";
import { createInitiativesRouter } from "./initiatives/router.ts";
import { licencesRouter } from "./licences/router.ts";
import { membersRouter } from "./members/router.ts";
import { moderationRouter } from "./moderation/router.ts";
import { notesRouter } from "./notes/router.ts";
import { notificationsRouter } from "./notifications/router.ts";
import { progressRouter } from "./progress/router.ts";
import { releasesRouter } from "./releases/router.ts";
import { createRouter } from "./rpc/procedures.ts";
import { runsRouter } from "./runs/router.ts";
import { searchRouter } from "./search/router.ts";
import { createShowcaseRouter } from "./showcase/router.ts";
import { supportRouter } from "./support/router.ts";
import { wallsRouter } from "./walls/router.ts";

/** Everything that the pages may ask. */
export const appRouter = createRouter({
  members: membersRouter,
  runs: runsRouter,
  progress: progressRouter,
  notes: notesRouter,
  walls: wallsRouter,
  compare: compareRouter,
  dailyLog: dailyLogRouter,
  data: dataRouter,
  alerts: alertsRouter,
  decisions: decisionsRouter,
  forum: forumRouter,
  initiatives: createInitiativesRouter({ openThread: createThreadFor }),
  search: searchRouter,
  notifications: notificationsRouter,
  moderation: moderationRouter,
  releases: releasesRouter,
  licences: licencesRouter,
  showcase: createShowcaseRouter({ openThread: createThreadFor }),
  support: supportRouter,
  admin: adminRouter,
});
export type AppRouter = typeof appRouter;
