import { createHash } from "node:crypto";
import { canonical } from "../../decisions/contract.ts";
import type { SealTrial } from "../contract.ts";

type Request = Omit<SealTrial, "id"> & { initiativeId: number; version: number };

/** SHA-256 of a change request's canonical JSON: whoever has the request can compute it again. */
export function hashRequest(request: Request): string {
  const { initiativeId, version, runId, patch, bounds, window, stableSteps } = request;
  const text = canonical({
    ...{ initiativeId, version, runId, patch, bounds, window, stableSteps },
  } as never);
  return createHash("sha256").update(text, "utf8").digest("hex");
}
