const waiting: (() => void)[] = [];

/**
 * Lets one of those who wait go on in each round of the process's event loop. Many large transfers are then in a row, and
 * whatever else the process has to answer comes between any two pieces of them instead of after a piece of each.
 */
export function takeTurn(): Promise<void> {
  return new Promise((done) => {
    waiting.push(done);
    if (waiting.length === 1) {
      setImmediate(next);
    }
  });
}

function next(): void {
  waiting[0]?.();
  waiting.shift();
  if (waiting.length > 0) {
    setImmediate(next);
  }
}
