import { notFound } from "next/navigation";
import { cache } from "react";
import type { ThreadPage } from "#server/forum/contract.ts";
import { existing } from "./existing.ts";
import { callRpc } from "./rpc.ts";

/** Asked once per request, by the page's title and by the page. */
const read = cache((id: number, from: number) => callRpc().forum.read({ id, from }));

/** The thread of an address and the number of the first post to show. */
export async function threadOf(
  id: string,
  from: string | string[] | undefined,
): Promise<{ thread: ThreadPage; from: number }> {
  if (!/^[1-9]\d{0,8}$/.test(id)) {
    notFound();
  }
  const first = typeof from === "string" && /^[1-9]\d{0,8}$/.test(from) ? Number(from) : 1;
  return { thread: await existing(read(Number(id), first)), from: first };
}
