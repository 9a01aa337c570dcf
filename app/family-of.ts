import { notFound } from "next/navigation";
import { cache } from "react";
import { AskFamily, type FamilyDetail } from "#server/releases/contract.ts";
import { existing } from "./existing.ts";
import { callRpc } from "./rpc.ts";

/** Asked once per request, by the page's title and by the page. */
const read = cache((id: string, version: string | undefined) =>
  callRpc().releases.family({ id, version }),
);

/** The model of an address, with the asked release; a page that does not exist when there is none. */
export async function familyOf(id: string, version: unknown): Promise<FamilyDetail> {
  const asked = AskFamily.safeParse({ id, version });
  if (!asked.success) {
    notFound();
  }
  return await existing(read(asked.data.id, asked.data.version));
}
