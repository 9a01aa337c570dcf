import { type Logger, pino } from "pino";
import { readEnv } from "./env.ts";

export type Log = Logger;

/** One JSON line an entry. Make a child per request or job; put units into names (`latencyMs`). */
export const log: Log = pino({ level: readEnv().LOG_LEVEL, base: null });
