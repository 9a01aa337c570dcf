import { unsubscribe } from "#server/digest/unsubscribe.ts";
import { readEnv } from "#server/platform/env.ts";
import { portalKey } from "#server/platform/portal-key.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";

/** What a mail program calls when its reader ends the mails (RFC 8058). The token is the right to do so. */
export const POST = routeHandler("link", async (_req, { ctx, params }) => {
  const key = await portalKey(readEnv().DATA_DIR);
  await unsubscribe({ db: ctx.db, key }, { token: params["token"] ?? "" });
  return Response.json({ done: true });
});

/** People who follow the program's link come to the page that asks once. */
export const GET = routeHandler("public", async (_req, { params }) => {
  const token = encodeURIComponent(params["token"] ?? "");
  return new Response(null, { status: 303, headers: { location: `/unsubscribe?token=${token}` } });
});
