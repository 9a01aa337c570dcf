import { requireVoice } from "#server/auth/require.ts";
import { takeLimit } from "#server/auth/take-limit.ts";
import { createBlobs } from "#server/platform/blobs.ts";
import { readEnv } from "#server/platform/env.ts";
import { AppError } from "#server/platform/errors.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { OfShowcase, PICTURE_BYTES } from "#server/showcase/contract.ts";
import { setPicture } from "#server/showcase/set-picture.ts";

/** Takes the bytes of an application's picture; no bytes take it away. */
export const POST = routeHandler("voice", async (req, { ctx }) => {
  const actor = requireVoice(ctx.actor);
  await takeLimit(ctx.pool, { action: "upload", actor, now: ctx.clock() });
  const asked = OfShowcase.safeParse({ id: Number(new URL(req.url).searchParams.get("id")) });
  if (!asked.success) {
    throw new AppError("bad_request", "Name the application: ?id= and its number.");
  }
  if (Number(req.headers.get("content-length") ?? Number.NaN) > PICTURE_BYTES) {
    throw new AppError("too_large", "The file is too large. Choose a smaller one.", {
      details: { reason: "picture-too-large" },
    });
  }
  const bytes = new Uint8Array(await req.arrayBuffer());
  const blobs = createBlobs(readEnv().DATA_DIR);
  const { id } = asked.data;
  return Response.json(await setPicture({ db: ctx.db, blobs }, { id, actor, bytes }));
});
