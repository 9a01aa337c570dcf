/** No room left on the device, the user's share of it is used up, or the file may not grow any more. */
export function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    ["ENOSPC", "EDQUOT", "EFBIG"].includes(String(error.code))
  );
}
