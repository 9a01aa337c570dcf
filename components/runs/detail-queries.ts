/** The questions beside the curve; the server prefetches the same ones. */
export const EVENTS_QUERY = { limit: 200 } as const;
export const CHECKPOINTS_QUERY = { limit: 100 } as const;
export const SAMPLES_QUERY = { limit: 120 } as const;
export const LOG_QUERY = { limit: 200 } as const;
export const EVALUATIONS_QUERY = { limit: 500 } as const;
export const COMMANDS_QUERY = { limit: 50 } as const;
