import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache } from "react";
import { createQueryClient } from "#components/rpc/query-client.ts";
import { appRouter } from "#server/root.ts";
import { createContext } from "#server/rpc/context.ts";

/** One query cache per request: layout and page prefetch into the same one. */
export const requestQueryClient = cache(createQueryClient);

/** Who asks is looked up once per request, however many questions the page has. */
const requestContext = cache(async () => await createContext({ headers: await headers() }));

/** The router, called in this process: a page prefetches through the same procedures that browsers call. */
export const rpc = createTRPCOptionsProxy({
  ctx: requestContext,
  router: appRouter,
  queryClient: requestQueryClient,
});

/** Calls a procedure without keeping its answer. */
export const callRpc = () => appRouter.createCaller(requestContext);
