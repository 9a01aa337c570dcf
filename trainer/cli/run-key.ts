import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Identity = z.object({ key: z.string().min(1) });

/** The name by which the portal finds this run again; made once per output directory. */
export function runKey(directory: string): string {
  const path = join(directory, "run.json");
  try {
    return Identity.parse(JSON.parse(readFileSync(path, "utf8"))).key;
  } catch {
    const key = randomUUID();
    writeFileSync(path, `${JSON.stringify({ key })}\n`);
    return key;
  }
}
