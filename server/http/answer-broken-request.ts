import type { Duplex } from "node:stream";
import { ERROR_STATUS } from "../platform/errors.ts";

const TEXT: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "The request's head is too long. Shorten its headers or its address.",
  HPE_INVALID_EOF_STATE:
    "The request ended before its announced length. Nothing of it counts until it is sent again.",
  ERR_HTTP_REQUEST_TIMEOUT: "The request took too long to arrive. Send it again, in smaller parts.",
};

/**
 * For `server.on("clientError", …)`: bytes that are no HTTP, or a request that was cut off or dribbled, get a JSON
 * answer where the line is still open, then the connection is closed.
 */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const message =
    TEXT[error.code ?? ""] ??
    "This is not a well-formed HTTP request. Correct it and send it again.";
  const body = JSON.stringify({ error: { code: "bad_request", message } });
  socket.end(
    `HTTP/1.1 ${ERROR_STATUS.bad_request} Bad Request\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
