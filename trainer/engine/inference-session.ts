import { engineThread } from "./engine-thread.ts";
import type { InferenceSession, InferenceSessionOptions } from "./inference-contract.ts";
import { prepareJax } from "./prepare-jax.ts";

export type { InferenceSession } from "./inference-contract.ts";

/** Compiles the forward pass for one row of that length. */
export async function createInferenceSession(
  options: InferenceSessionOptions,
): Promise<InferenceSession> {
  if (options.executor === "onnx") {
    const thread = engineThread();
    const id = await thread.open({ open: "inference", options });
    return {
      length: options.length,
      logits: (...args) => thread.call(id, "logits", args),
      release: () => thread.call(id, "release"),
    };
  }
  prepareJax(options);
  const { openInferenceSession } = await import("./open-inference-session.ts");
  return openInferenceSession(options);
}
