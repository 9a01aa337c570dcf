import { notFound } from "next/navigation";
import { cache } from "react";
import type { ShowcaseDetail } from "#server/showcase/contract.ts";
import { existing } from "./existing.ts";
import { callRpc } from "./rpc.ts";

/** Asked once per request, by the page's title and by the page. */
const read = cache((id: number) => callRpc().showcase.read({ id }));

/** The application of an address; a page that does not exist when there is none. */
export async function showcaseOf(id: string): Promise<ShowcaseDetail> {
  if (!/^[1-9]\d{0,8}$/.test(id)) {
    notFound();
  }
  return await existing(read(Number(id)));
}
