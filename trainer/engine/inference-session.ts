import type { InferenceSession, InferenceSessionOptions } from "./inference-contract.ts";
import { prepareJax } from "./prepare-jax.ts";

export type { InferenceSession } from "./inference-contract.ts";

/** Compiles the forward pass for one row of that length. */
export async function createInferenceSession(
  options: InferenceSessionOptions,
): Promise<InferenceSession> {
  prepareJax(options);
  const { openInferenceSession } = await import("./open-inference-session.ts");
  return openInferenceSession(options);
}
