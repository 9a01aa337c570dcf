import { AppError } from "../platform/errors.ts";

/** Files that go to one address at the same time. Clients that download in parts use 16 connections or fewer. */
const MOST_AT_ONCE = 64;
const open = new Map<string, number>();

/** Runs a transfer, unless too many go to this address already: then it is told to come back. */
export async function limitTransfers(
  address: string,
  transfer: () => Promise<void>,
): Promise<void> {
  const running = open.get(address) ?? 0;
  if (running >= MOST_AT_ONCE) {
    throw new AppError(
      "too_many_requests",
      `${MOST_AT_ONCE} files go to your address already. Let one end, then go on where this one stopped.`,
      { details: { retryAfterSeconds: 5, reason: "too-many-transfers" } },
    );
  }
  open.set(address, running + 1);
  try {
    await transfer();
  } finally {
    const left = (open.get(address) ?? 1) - 1;
    if (left === 0) {
      open.delete(address);
    } else {
      open.set(address, left);
    }
  }
}
