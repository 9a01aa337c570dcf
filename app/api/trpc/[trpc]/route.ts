import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "#server/root.ts";
import { createContext } from "#server/rpc/context.ts";

const handle = (req: Request) =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: ({ resHeaders }) => createContext({ headers: req.headers, answer: resHeaders }),
  });

export { handle as GET, handle as POST };
