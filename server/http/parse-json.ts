// JSON as programs that train send it: Python writes NaN and Infinity as bare words. A body without them goes
// through JSON.parse alone; only one that JSON.parse refuses is looked at again. Text that Postgres cannot
// keep (the NUL character, half of a surrogate pair) is replaced by U+FFFD, as a UTF-8 decoder would do.
import { isUtf8 } from "node:buffer";
import { AppError } from "../platform/errors.ts";

/** Whole strings, so that a word inside one is left alone; or one of the three words outside. */
const STRING_OR_WORD = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g;
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/i;
const DEEPEST = 64;
const BOM = "\uFEFF";

/** Parses a body. Bare NaN, Infinity and -Infinity become the strings of the same name. */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) {
    throw new AppError(
      "bad_request",
      "The body is not valid UTF-8. Encode the JSON text as UTF-8.",
    );
  }
  const read = body.toString("utf8");
  const text = read.startsWith(BOM) ? read.slice(1) : read;
  if (text.trim() === "") {
    throw new AppError("bad_request", "The body is empty. Send a JSON object.");
  }
  const value = parseTolerant(text);
  return UNSTORABLE_ESCAPE.test(text) ? storable(value, 0) : value;
}

function parseTolerant(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) {
      throw notJson(error);
    }
  }
  try {
    return JSON.parse(
      text.replace(STRING_OR_WORD, (found) => (found[0] === '"' ? found : `"${found}"`)),
    );
  } catch (error) {
    throw notJson(error);
  }
}

function notJson(error: unknown): AppError {
  const reason = error instanceof Error ? error.message.slice(0, 200) : "";
  return new AppError(
    "bad_request",
    `The body is not JSON: ${reason}. Correct it and send it again.`,
    {
      cause: error,
    },
  );
}

function storable(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) {
    throw new AppError(
      "bad_request",
      `The JSON is nested deeper than ${DEEPEST} levels. Flatten it.`,
    );
  }
  if (typeof value === "string") {
    // Encoding replaces half a surrogate pair; the NUL has to be replaced by hand.
    return Buffer.from(value.replaceAll("\0", "\uFFFD"), "utf8").toString("utf8");
  }
  if (Array.isArray(value)) {
    return value.map((item) => storable(item, depth + 1));
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, item]) => [storable(key, depth), storable(item, depth + 1)]),
    );
  }
  return value;
}
