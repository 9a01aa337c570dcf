import { requireVoice } from "#server/auth/require.ts";
import { takeLimit } from "#server/auth/take-limit.ts";
import { MOST_IMAGE_BYTES, storeImage } from "#server/forum/store-image.ts";
import { createBlobs } from "#server/platform/blobs.ts";
import { readEnv } from "#server/platform/env.ts";
import { AppError } from "#server/platform/errors.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";

/** Takes a picture for a text: the bytes as they are, whatever the file is called. */
export const POST = routeHandler("voice", async (req, { ctx }) => {
  const actor = requireVoice(ctx.actor);
  await takeLimit(ctx.pool, { action: "upload", actor, now: ctx.clock() });
  const bytes = await readBytes(req);
  const blobs = createBlobs(readEnv().DATA_DIR);
  const stored = await storeImage({ db: ctx.db, blobs }, { bytes, memberId: actor.memberId });
  return Response.json(stored, { status: 201 });
});

async function readBytes(req: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = req.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) {
      return Buffer.concat(chunks);
    }
    size += piece.value.length;
    if (size > MOST_IMAGE_BYTES) {
      await reader?.cancel();
      throw new AppError("too_large", "A picture may have 8 MB. Make it smaller and try again.");
    }
    chunks.push(piece.value);
  }
}
