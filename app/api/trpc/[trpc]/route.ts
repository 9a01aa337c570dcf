import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { isSameOrigin } from "#server/auth/same-origin.ts";
import { appRouter } from "#server/root.ts";
import { createContext } from "#server/rpc/context.ts";

const ask = (req: Request) =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: ({ resHeaders }) => createContext({ headers: req.headers, answer: resHeaders }),
  });

/** tRPC answers mutations to POST only; those of other sites' pages are refused before anything is read. */
const change = async (req: Request) =>
  isSameOrigin(req.headers)
    ? await ask(req)
    : new Response("Another site's page may not change anything here.", { status: 403 });

/** Each procedure says itself who may call it. */
const PROCEDURES = { access: "procedures" } as const;

export const GET = Object.assign(ask, PROCEDURES);
export const POST = Object.assign(change, PROCEDURES);
