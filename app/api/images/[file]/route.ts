import { findImage } from "#server/forum/find-image.ts";
import { createBlobs } from "#server/platform/blobs.ts";
import { readEnv } from "#server/platform/env.ts";
import { AppError } from "#server/platform/errors.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";

/** A picture of a text. It is drawn by us and called by its content, so it may be kept for ever. */
export const GET = routeHandler("public", async (_req, { ctx, params }) => {
  const sha256 = /^([0-9a-f]{64})\.webp$/.exec(params["file"] ?? "")?.[1];
  if (sha256 === undefined) {
    throw new AppError("not_found", "There is no such picture.");
  }
  const image = await findImage(ctx.db, sha256);
  const file = await createBlobs(readEnv().DATA_DIR).open(image);
  try {
    return new Response(new Uint8Array(await file.readFile()), {
      headers: {
        "content-type": "image/webp",
        "cache-control": "public, max-age=31536000, immutable",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "same-origin",
      },
    });
  } finally {
    await file.close();
  }
});
