import { AppError } from "../platform/errors.ts";

const DEEPEST = 32;

/** The text of a JSON column. Throws when it is larger than `limitBytes` or nested deeper than 32 levels. */
export function boundedJson(value: unknown, bounds: { what: string; limitBytes: number }): string {
  const { what, limitBytes } = bounds;
  if (depthExceeds(value, DEEPEST)) {
    throw new AppError(
      "bad_request",
      `${what} is nested deeper than ${DEEPEST} levels. Flatten it and send it again.`,
    );
  }
  const text = JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes > limitBytes) {
    throw new AppError(
      "too_large",
      `${what} has ${bytes} bytes; ${limitBytes} are kept. Shorten it and send it again.`,
      { details: { bytes, limitBytes } },
    );
  }
  return text;
}

/** Stops one level below the bound, so that no input can exhaust the stack. */
function depthExceeds(value: unknown, left: number): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return left === 0 || Object.values(value).some((item) => depthExceeds(item, left - 1));
}
