import { readFile } from "node:fs/promises";
import { createBlobs } from "#server/platform/blobs.ts";
import { readEnv } from "#server/platform/env.ts";
import { AppError } from "#server/platform/errors.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { isShowcasePicture } from "#server/showcase/set-picture.ts";

/** The picture that an application shows now. */
export const GET = routeHandler("public", async (_req, { ctx, params }) => {
  const sha256 = params["sha256"] ?? "";
  if (!/^[0-9a-f]{64}$/.test(sha256) || !(await isShowcasePicture(ctx.db, sha256))) {
    throw new AppError("not_found", "No application shows this picture. Load the page again.");
  }
  const bytes = await readFile(createBlobs(readEnv().DATA_DIR).pathOf(sha256));
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "image/webp",
      "cache-control": "public, max-age=86400, immutable",
      "content-disposition": "inline",
    },
  });
});
