import { headers } from "next/headers";
import { readEnv } from "#server/platform/env.ts";

/** The address under which this visitor reaches the portal, without a slash at its end. */
export async function requestOrigin(): Promise<string> {
  const { PUBLIC_URL } = readEnv();
  if (PUBLIC_URL !== undefined) {
    return PUBLIC_URL.replace(/\/$/, "");
  }
  const sent = await headers();
  const protocol = sent.get("x-forwarded-proto") ?? "http";
  return `${protocol}://${sent.get("x-forwarded-host") ?? sent.get("host") ?? "localhost"}`;
}
