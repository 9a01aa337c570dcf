import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";

const KEEP_MS = 10 * 60_000;

/**
 * Answers never grow stale by age: the live stream keeps them current, and what it cannot keep current is
 * fetched again by name. So the first paint needs no second fetch.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: KEEP_MS,
        refetchOnWindowFocus: false,
        retry: 2,
      },
      dehydrate: { shouldDehydrateQuery: defaultShouldDehydrateQuery },
    },
  });
}
