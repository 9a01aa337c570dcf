import type { IncomingMessage } from "node:http";
import { AppError } from "../platform/errors.ts";

/** Reads a whole body of at most `limit` bytes. Throws `too_large`, before reading where the length is announced. */
export function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  refuseEncoding(req);
  const announced = req.headers["content-length"];
  if (announced !== undefined && Number(announced) > limit) {
    return Promise.reject(tooLarge(limit));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (settle: () => void) => {
      req.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      settle();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        req.pause();
        finish(() => reject(tooLarge(limit)));
      } else {
        chunks.push(chunk);
      }
    };
    const onEnd = () => finish(() => resolve(Buffer.concat(chunks, size)));
    const onClose = () => finish(() => reject(cutOff()));
    req.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

/** Refuses a body that does not call itself JSON; one that says nothing is taken as JSON. */
export function requireJson(req: IncomingMessage): void {
  const type = req.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type === undefined || type === "application/json" || type.endsWith("+json")) {
    return;
  }
  throw new AppError(
    "bad_request",
    `The body came as ${type.slice(0, 100)}. Send JSON with the header \`Content-Type: application/json\`.`,
  );
}

/** The API takes bodies as they are: an encoded one would have to be unpacked before its size is known. */
export function refuseEncoding(req: IncomingMessage): void {
  const encoding = req.headers["content-encoding"]?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== "" && encoding !== "identity") {
    throw new AppError(
      "bad_request",
      "The body is compressed. Send it as it is, without a Content-Encoding header.",
    );
  }
}

function tooLarge(limit: number): AppError {
  return new AppError(
    "too_large",
    `The body is larger than ${limit} bytes. Send it in several smaller requests.`,
    { details: { limitBytes: limit } },
  );
}

function cutOff(): AppError {
  return new AppError(
    "bad_request",
    "The body ended before its announced length. Nothing of it was stored; send it again.",
  );
}
