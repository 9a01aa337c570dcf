import type { ThreadItem } from "#server/forum/contract.ts";

type Read = Pick<ThreadItem, "id" | "readTo" | "lastNumber">;

/** A thread's address: where its reader stopped, when there is more since. */
export function threadHref({ id, readTo, lastNumber }: Read): string {
  if (readTo === null || readTo >= lastNumber || readTo < 1) {
    return `/forum/t/${id}`;
  }
  return `/forum/t/${id}?from=${readTo + 1}#p${readTo + 1}`;
}
