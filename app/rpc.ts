import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { cache } from "react";
import { createQueryClient } from "#components/rpc/query-client.ts";
import { appRouter } from "#server/root.ts";
import { createContext } from "#server/rpc/context.ts";

/** One query cache per request: layout and page prefetch into the same one. */
export const requestQueryClient = cache(createQueryClient);

/** The router, called in this process: a page prefetches through the same procedures that browsers call. */
export const rpc = createTRPCOptionsProxy({
  ctx: createContext,
  router: appRouter,
  queryClient: requestQueryClient,
});

/** Calls a procedure without keeping its answer. */
export const callRpc = () => appRouter.createCaller(createContext());
