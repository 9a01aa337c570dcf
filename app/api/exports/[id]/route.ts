import { open } from "node:fs/promises";
import { requireAccount } from "#server/auth/require.ts";
import { findExport } from "#server/members/ask-export.ts";
import { exportPath } from "#server/members/pack-export.ts";
import { readEnv } from "#server/platform/env.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";

/** One's own data, packed. */
export const GET = routeHandler("account", async (_req, { ctx, params }) => {
  const actor = requireAccount(ctx.actor);
  const { id, createdAt } = await findExport(ctx.db, {
    actor,
    id: params["id"] ?? "",
    now: ctx.clock(),
  });
  const file = await open(exportPath(readEnv().DATA_DIR, id), "r");
  const { size } = await file.stat();
  const day = createdAt.toISOString().slice(0, 10);
  return new Response(file.readableWebStream() as ReadableStream, {
    headers: {
      "content-type": "application/zip",
      "content-length": String(size),
      "content-disposition": `attachment; filename="cpm-live-${day}.zip"`,
      "cache-control": "private, no-store",
    },
  });
});
