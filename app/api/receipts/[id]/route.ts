import { requireAccount } from "#server/auth/require.ts";
import { writeReceipt } from "#server/licences/write-receipt.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { requestOrigin } from "../../../origin.ts";

/** One's own receipt for an accepted licence, as a file. */
export const GET = routeHandler("account", async (_req, { ctx, params }) => {
  const { memberId } = requireAccount(ctx.actor);
  const id = params["id"] ?? "";
  const text = await writeReceipt(ctx.db, { id, memberId, origin: await requestOrigin() });
  return new Response(text, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="receipt-${id}.txt"`,
      "cache-control": "private, no-store",
    },
  });
});
