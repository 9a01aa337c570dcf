import { createRouter } from "./rpc/procedures.ts";
import { runsRouter } from "./runs/router.ts";

/** Everything that the pages may ask. */
export const appRouter = createRouter({ runs: runsRouter });
export type AppRouter = typeof appRouter;
