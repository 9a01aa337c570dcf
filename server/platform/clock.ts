/** Now, in Unix milliseconds. Handed in where time decides, so that tests can set it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
