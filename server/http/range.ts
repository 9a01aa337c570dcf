/** Bytes `start` to `end`, both included. */
export type ByteRange = { start: number; end: number };

/** The whole file (no range, or one that must be ignored), some parts of it, or none that exists. */
export type RangeRequest =
  | { kind: "whole" }
  | { kind: "parts"; parts: ByteRange[] }
  | { kind: "unsatisfiable" };

const MOST_PARTS = 16;
const SPEC = /^(\d*)-(\d*)$/;

/**
 * Reads a Range header for a file of `size` bytes (RFC 9110, section 14). A malformed header or another unit is
 * ignored, as the standard asks; ranges that overlap or touch are joined; more than 16 parts are refused.
 */
export function readRange(header: string | undefined, size: number): RangeRequest {
  const listed = /^bytes=(.*)$/i.exec(header?.trim() ?? "")?.[1];
  if (listed === undefined) {
    return { kind: "whole" };
  }
  const parts: ByteRange[] = [];
  for (const spec of listed.split(",").map((text) => text.trim())) {
    const part = readSpec(spec, size);
    if (part === "malformed") {
      return { kind: "whole" };
    }
    if (part !== null) {
      parts.push(part);
    }
  }
  const joined = join(parts);
  return joined.length === 0 || joined.length > MOST_PARTS
    ? { kind: "unsatisfiable" }
    : { kind: "parts", parts: joined };
}

function readSpec(spec: string, size: number): ByteRange | "malformed" | null {
  const [, first = "", last = ""] = SPEC.exec(spec) ?? [];
  if (first === "" && last === "") {
    return "malformed";
  }
  if (first === "") {
    const start = Math.max(0, size - Number(last));
    return start < size ? { start, end: size - 1 } : null;
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) {
    return "malformed";
  }
  return start < size ? { start, end } : null;
}

function join(parts: ByteRange[]): ByteRange[] {
  const joined: ByteRange[] = [];
  for (const part of [...parts].sort((a, b) => a.start - b.start)) {
    const before = joined.at(-1);
    if (before !== undefined && part.start <= before.end + 1) {
      before.end = Math.max(before.end, part.end);
    } else {
      joined.push({ ...part });
    }
  }
  return joined;
}
