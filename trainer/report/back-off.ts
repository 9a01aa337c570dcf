const FIRST_MS = 250;
const MOST_MS = 30_000;

/** How long to wait before try `failures + 1`: doubling, with full jitter so that many trainers do not knock together. */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 20));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

/** Waits, but no longer than until the signal is given or `wake` is called. */
export class Nap {
  private end: (() => void) | null = null;

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", finish);
        this.end = null;
        resolve();
      };
      const timer = setTimeout(finish, ms);
      signal.addEventListener("abort", finish);
      this.end = finish;
    });
  }

  wake(): void {
    this.end?.();
  }
}
