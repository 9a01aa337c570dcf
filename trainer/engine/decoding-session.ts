import type { DecodingSession, DecodingSessionOptions } from "./decoding-contract.ts";
import { engineThread } from "./engine-thread.ts";
import { prepareJax } from "./prepare-jax.ts";

/** Compiles the forward pass over a given text, and the one of a single token after it. */
export async function createDecodingSession(
  options: DecodingSessionOptions,
): Promise<DecodingSession> {
  if (options.executor === "onnx") {
    const thread = engineThread();
    const id = await thread.open({ open: "decoding", options });
    return {
      length: options.length,
      rows: options.rows,
      begin: (...args) => thread.call(id, "begin", args),
      extend: (...args) => thread.call(id, "extend", args),
      release: () => thread.call(id, "release"),
    };
  }
  prepareJax(options);
  const { openDecodingSession } = await import("./open-decoding-session.ts");
  return openDecodingSession(options);
}
