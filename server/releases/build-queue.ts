import { z } from "zod";
import { defineQueue } from "../platform/jobs.ts";
import { Format } from "./contract.ts";

/** A large model is written, read and compared for a while. */
const LONGEST_SECONDS = 4 * 3600;

/** One job for each format of a release. */
export const buildQueue = defineQueue({
  name: "releases/build-format",
  schema: z.object({ releaseId: z.string(), format: Format }),
  retryLimit: 1,
  expireInSeconds: LONGEST_SECONDS,
});
