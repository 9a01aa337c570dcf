import { notFound } from "next/navigation";
import { cache } from "react";
import type { InitiativeDetail } from "#server/initiatives/contract.ts";
import { existing } from "./existing.ts";
import { callRpc } from "./rpc.ts";

/** Asked once per request, by the page's title and by the page. */
const read = cache((id: number) => callRpc().initiatives.read({ id }));

/** The initiative of an address; a page that does not exist when there is none. */
export async function initiativeOf(id: string): Promise<InitiativeDetail> {
  if (!/^[1-9]\d{0,8}$/.test(id)) {
    notFound();
  }
  return await existing(read(Number(id)));
}
