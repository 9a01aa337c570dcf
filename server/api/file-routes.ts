import { z } from "zod";
import { refuseEncoding } from "../http/read-body.ts";
import { AppError } from "../platform/errors.ts";
import { UploadState } from "../runs/contract.ts";
import { receiveUpload } from "../runs/receive-upload.ts";
import { bytesRoute, type Route } from "./route.ts";
import { sendCheckpointFile } from "./send-checkpoint-file.ts";

/** Files of checkpoints, in and out. */
export const fileRoutes: Route[] = [
  bytesRoute({
    id: "uploadFile",
    method: "PATCH",
    path: "/api/v1/checkpoints/{id}/files/{name}",
    access: "ingest",
    owner: "checkpoint",
    summary: "Send a piece of a registered file",
    description:
      "The raw bytes from `Upload-Offset` on, as few or many as you like. After a broken line register again to learn where to go on. The last byte starts the check of the SHA-256; when it differs the answer is 400 `sha256_mismatch` and the file begins again at 0.",
    bytes: "in",
    answer: UploadState,
    conflict:
      "`offset_mismatch`: the upload stands at `details.offset`. `conflict`: another request is sending this file.",
    handle: async ({ req, pool, blobs, clock, params }) => {
      refuseEncoding(req);
      return await receiveUpload(
        { pool, blobs },
        {
          checkpointId: params.id,
          name: params.name,
          offset: readOffset(req.headers["upload-offset"]),
          body: req,
          now: clock,
        },
      );
    },
  }),
  bytesRoute({
    id: "downloadFile",
    method: "GET",
    path: "/api/v1/checkpoints/{id}/files/{name}",
    access: "public",
    summary: "Download a file of a public checkpoint",
    description:
      "Resumable: Range (also several), If-Range, If-None-Match and HEAD. The ETag is the file's SHA-256; it never changes. Weights that a release was made from are given to those who accepted its licence: send a member's token of scope download.",
    bytes: "out",
    answer: z.unknown(),
    handle: async (call) => {
      await sendCheckpointFile(call, { checkpointId: call.params.id, name: call.params.name });
      return undefined;
    },
  }),
];

function readOffset(header: string | string[] | undefined): number {
  const offset = typeof header === "string" && /^\d{1,15}$/.test(header) ? Number(header) : null;
  if (offset === null) {
    throw new AppError(
      "bad_request",
      "Say where the bytes belong: send the header `Upload-Offset: 0`, or the offset that registering answered.",
    );
  }
  return offset;
}
