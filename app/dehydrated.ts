import {
  type DehydratedState,
  defaultShouldDehydrateQuery,
  dehydrate,
} from "@tanstack/react-query";
import { requestQueryClient } from "./rpc.ts";
import { shortenNumbers } from "./shorten-numbers.ts";

/**
 * What this request has prefetched, for the page that goes out. `names` limits it to procedures of that name: layout
 * and page fill one cache at the same time, and what one sends the other need not.
 */
export function dehydrated(names?: readonly string[]): DehydratedState {
  return dehydrate(requestQueryClient(), {
    serializeData: shortenNumbers,
    shouldDehydrateQuery: (query) => {
      const [path] = query.queryKey as [readonly string[]];
      const wanted = names === undefined || names.includes(path[1] ?? "");
      return wanted && defaultShouldDehydrateQuery(query);
    },
  });
}
