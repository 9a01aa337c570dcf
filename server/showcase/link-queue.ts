import { z } from "zod";
import { defineQueue } from "../platform/jobs.ts";

export const CHECK_LINKS = defineQueue({
  name: "showcase/links",
  schema: z.object({}),
  policy: "short",
});
