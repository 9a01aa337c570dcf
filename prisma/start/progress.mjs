// Progress for people: one line per step, begun when the step begins and ended with its outcome and time.
const WIDTH = 22;
const live = process.stdout.isTTY === true;

// A terminal that goes away must not take the starter with it.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** A line of the table of steps. @param {string} name @param {string} text */
export function line(name, text) {
  say(`  ${name.padEnd(WIDTH)}${text}`);
}

/**
 * Runs a step; what it returns is its outcome, told with the time it took. `doing` tells what goes on meanwhile.
 * @param {string} name
 * @param {string} doing
 * @param {() => string | Promise<string>} work
 */
export async function step(name, doing, work) {
  const began = performance.now();
  const show = () => {
    const text = `  ${name.padEnd(WIDTH)}${doing} … ${Math.round((performance.now() - began) / 1000)} s`;
    process.stdout.write(live ? `\r\u001b[K${text}` : `${text}\n`);
  };
  // Quick steps say only what they did; slow ones say what they are doing, and on a terminal count the seconds.
  const first = setTimeout(show, 300);
  const ticking = setInterval(show, live ? 1000 : 30_000);
  let shown = false;
  try {
    const outcome = await work();
    shown = true;
    process.stdout.write(live ? "\r\u001b[K" : "");
    line(name, `${outcome}  ${seconds(performance.now() - began)}`);
  } finally {
    clearTimeout(first);
    clearInterval(ticking);
    if (!shown) {
      process.stdout.write(live ? "\r\u001b[K" : "");
    }
  }
}

/** A failure that is told by its message alone: it says what happened and what to do. */
export class StartError extends Error {}

/** Tells why it did not work, without a stack when the message is meant for people. @param {unknown} error */
export function complain(error) {
  const text = error instanceof StartError ? error.message : (error?.stack ?? String(error));
  process.stderr.write(`\n${text}\n`);
}
