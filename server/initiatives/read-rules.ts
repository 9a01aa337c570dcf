import { readEnv } from "../platform/env.ts";
import type { Rules } from "./check-requirement.ts";

/** The operator's rules, from the environment. */
export function readRules(): Rules {
  const { INITIATIVE_COMMENT_DAYS, INITIATIVE_GPU_HOURS } = readEnv();
  return { commentDays: INITIATIVE_COMMENT_DAYS, weeklyGpuHours: INITIATIVE_GPU_HOURS };
}
