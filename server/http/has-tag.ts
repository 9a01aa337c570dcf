/** Whether an If-None-Match header names this ETag (given without its quotes), or any. */
export function hasTag(header: string | undefined, etag: string): boolean {
  return (header ?? "")
    .split(",")
    .map((text) => text.trim().replace(/^W\//, ""))
    .some((text) => text === "*" || text === `"${etag}"`);
}
