import { addressOf } from "../auth/client-address.ts";
import { limitTransfers } from "../http/limit-transfers.ts";
import { originOf } from "../http/origin-of.ts";
import { sendFile } from "../http/send-file.ts";
import { admitDownload } from "../licences/admit-download.ts";
import type { RepoFile } from "../models/contract.ts";
import { AppError } from "../platform/errors.ts";
import type { Asked } from "./asked.ts";
import { announce, isGateRefusal, missing } from "./missing.ts";

/** A file of a revision. Weights under a licence go to those who accepted it; a withdrawn revision gives nothing. */
export async function sendRepoFile(asked: Asked): Promise<void> {
  const { options, req, res, call, repo, revision } = asked;
  const file = revision.files.find(({ path }) => path === call.path);
  if (file === undefined) {
    throw missing(res, "EntryNotFound", `${repo.id} has no such file at ${revision.name}.`);
  }
  if (revision.withdrawn !== null) {
    announce(res, "RevisionWithdrawn", revision.withdrawn);
    throw new AppError("forbidden", revision.withdrawn, { details: { reason: "yanked" } });
  }
  if (file.gated) {
    await requireAcceptance(asked);
  }
  const address = addressOf(req);
  const { subjectId } = revision;
  const download = { subjectId, address, userAgent: req.headers["user-agent"], ...file };
  await limitTransfers(address, () =>
    sendFile(
      { req, res },
      {
        open: () => options.blobs.open(file),
        size: file.size,
        etag: file.sha256,
        lastModified: new Date(revision.createdAt),
        contentType: "application/octet-stream",
        headers: headersOf(asked, file),
        onSent: (range) => void options.counter.sent(download, range),
      },
    ),
  );
}

function headersOf({ call, revision }: Asked, file: RepoFile): Record<string, string> {
  const whose = file.gated ? "private" : "public";
  const immutable = call.revision === revision.commit;
  return {
    "content-disposition": `attachment; filename="${file.path.split("/").at(-1)}"`,
    "cache-control": immutable ? `${whose}, max-age=31536000, immutable` : `${whose}, no-cache`,
  };
}

async function requireAcceptance({ options, req, res, repo }: Asked): Promise<void> {
  const origin = options.publicUrl?.replace(/\/$/, "") ?? originOf(req);
  try {
    await admitDownload(options, {
      authorization: req.headers.authorization,
      cookie: req.headers.cookie,
      address: addressOf(req),
      now: options.clock(),
      acceptAt: `${origin}${repo.page}#gate`,
    });
  } catch (error) {
    if (error instanceof AppError && isGateRefusal(error.code)) {
      announce(res, "GatedRepo", error.message);
    }
    throw error;
  }
}
