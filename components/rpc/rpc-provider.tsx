"use client";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpBatchStreamLink, splitLink } from "@trpc/client";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "#server/root.ts";
import { createQueryClient } from "./query-client.ts";
import { TRPCProvider } from "./trpc.ts";

const ASKED_AT = { url: "/api/trpc", maxURLLength: 2_000 };

let browserClient: QueryClient | undefined;

/** One cache per tab; on the server one per request, or visitors would see each other's. */
function queryClientHere(): QueryClient {
  if (typeof window === "undefined") {
    return createQueryClient();
  }
  browserClient ??= createQueryClient();
  return browserClient;
}

export function RpcProvider({ children }: { children: ReactNode }) {
  const queryClient = queryClientHere();
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        splitLink({
          // Of the numbers that a zoom asks for, each is drawn as it comes: the curve need not wait for sixty panels. Answers
          // that set cookies cannot be streamed, for their head is sent before they are known.
          condition: ({ path }) => path === "runs.series",
          true: httpBatchStreamLink(ASKED_AT),
          false: httpBatchLink(ASKED_AT),
        }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
