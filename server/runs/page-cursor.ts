import { AppError } from "../platform/errors.ts";

/** Makes the opaque `next` of a list from the place where the page ended. */
export function toCursor(place: (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** Reads a `next` back. Throws `bad_request` for anything that this portal did not hand out. */
export function fromCursor<const T extends readonly ("string" | "number")[]>(
  cursor: string,
  shape: T,
): { [I in keyof T]: T[I] extends "number" ? number : string } {
  const place = readPlace(cursor);
  const fits =
    Array.isArray(place) &&
    place.length === shape.length &&
    place.every((part, index) => typeof part === shape[index] && storable(part));
  if (!fits) {
    throw new AppError(
      "bad_request",
      "`next` is not one that this list handed out. Begin again without it.",
    );
  }
  return place as { [I in keyof T]: T[I] extends "number" ? number : string };
}

function readPlace(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

/** What a query parameter may carry: whole numbers, and text that Postgres accepts. */
function storable(part: unknown): boolean {
  return typeof part === "number" ? Number.isSafeInteger(part) : !String(part).includes("\0");
}
