import type { IncomingMessage, ServerResponse } from "node:http";
import { addressOf } from "../auth/client-address.ts";
import { limitTransfers } from "../http/limit-transfers.ts";
import { sendFile } from "../http/send-file.ts";
import { admitDownload } from "../licences/admit-download.ts";
import { GATING, isGatedFile } from "../models/checkpoint-gate.ts";
import { findFile } from "../runs/find-file.ts";
import type { Services } from "./route.ts";

type Call = Services & { req: IncomingMessage; res: ServerResponse; origin: string };
type Named = { checkpointId: string; name: string };

/** A public checkpoint's file. Weights that a release put under its licence go to those who accepted it. */
export async function sendCheckpointFile(call: Call, named: Named): Promise<void> {
  const { req, res, db, blobs } = call;
  const file = await findFile(db, named);
  const gated = await requireAcceptance(call, named);
  const { size } = file;
  const address = addressOf(req);
  const download = {
    ...{ subjectId: named.checkpointId, path: named.name, size, address },
    userAgent: req.headers["user-agent"],
  };
  await limitTransfers(address, () =>
    sendFile(
      { req, res },
      {
        open: () => blobs.open(file),
        size,
        etag: file.sha256,
        lastModified: file.completedAt,
        contentType: "application/octet-stream",
        headers: {
          "content-disposition": `attachment; filename="${file.name}"`,
          "cache-control": `${gated ? "private" : "public"}, max-age=31536000, immutable`,
        },
        onSent: (range) => void call.downloads.sent(download, range),
      },
    ),
  );
}

/** Whether the file is under a licence; throws when it is, and whoever asks has not accepted it. */
async function requireAcceptance(call: Call, { checkpointId, name }: Named): Promise<boolean> {
  const { db, req, checkpointGate, origin } = call;
  const checkpoint = await db.checkpoint.findUnique({
    where: { id: checkpointId },
    select: { releases: GATING },
  });
  const releases = checkpoint?.releases ?? [];
  if (!isGatedFile(checkpointGate, { name, releases })) {
    return false;
  }
  const family = releases[0]?.familyId;
  await admitDownload(call, {
    authorization: req.headers.authorization,
    cookie: req.headers.cookie,
    address: addressOf(req),
    now: call.clock(),
    acceptAt: `${origin}/models${family === undefined ? "" : `/${family}`}#gate`,
  });
  return true;
}
