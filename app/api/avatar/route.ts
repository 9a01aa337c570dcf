import { requireAccount } from "#server/auth/require.ts";
import { takeLimit } from "#server/auth/take-limit.ts";
import { AVATAR_LIMITS, setAvatar } from "#server/members/avatar.ts";
import { createBlobs } from "#server/platform/blobs.ts";
import { readEnv } from "#server/platform/env.ts";
import { AppError } from "#server/platform/errors.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";

/** Takes the bytes of one's picture; no bytes take it away. */
export const POST = routeHandler("account", async (req, { ctx }) => {
  const actor = requireAccount(ctx.actor);
  await takeLimit(ctx.pool, { action: "avatar", actor, now: ctx.clock() });
  if (Number(req.headers.get("content-length") ?? Number.NaN) > AVATAR_LIMITS.bytes) {
    throw new AppError("too_large", "The file is too large. Choose a smaller one.", {
      details: { reason: "picture-too-large" },
    });
  }
  const bytes = new Uint8Array(await req.arrayBuffer());
  const blobs = createBlobs(readEnv().DATA_DIR);
  const picture = bytes.length === 0 ? null : bytes;
  return Response.json(await setAvatar({ db: ctx.db, blobs }, { actor, picture }));
});
