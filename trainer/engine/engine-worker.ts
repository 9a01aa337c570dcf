import { parentPort } from "node:worker_threads";
import type { DecodingSessionOptions } from "./decoding-contract.ts";
import type { InferenceSessionOptions } from "./inference-contract.ts";
import { openDecodingSession } from "./open-decoding-session.ts";
import { openInferenceSession } from "./open-inference-session.ts";
import { openTrainingSession } from "./open-training-session.ts";
import { prepareJax } from "./prepare-jax.ts";
import { timeMatrixProduct } from "./time-matrix-product.ts";
import type { Executor, TrainingSessionOptions } from "./training-contract.ts";

/**
 * The thread on which ONNX Runtime computes. Its binding runs a session synchronously; here that holds up nobody, and
 * the thread that reports, reads data and obeys commands stays free.
 */

/** What the other side asks for: a new session, or one call of a method of an open one. */
export type EngineRequest = { id: number } & (
  | { open: "training"; options: TrainingSessionOptions }
  | { open: "inference"; options: InferenceSessionOptions }
  | { open: "decoding"; options: DecodingSessionOptions }
  | { measure: { executor: Executor; threads: number } }
  | { session: number; method: string; args: unknown[] }
);
export type EngineAnswer = { id: number; value: unknown } | { id: number; error: unknown };

type Methods = Record<string, (...args: unknown[]) => unknown>;

const sessions = new Map<number, Methods>();

parentPort?.on("message", async (request: EngineRequest) => {
  const { id } = request;
  try {
    const value = await answer(request);
    parentPort?.postMessage({ id, value } satisfies EngineAnswer, buffersOf(value));
  } catch (error) {
    parentPort?.postMessage({ id, error } satisfies EngineAnswer);
  }
});

async function answer(request: EngineRequest): Promise<unknown> {
  if ("open" in request) {
    prepareJax(request.options);
    sessions.set(request.id, (await openSession(request)) as unknown as Methods);
    return request.id;
  }
  if ("measure" in request) {
    prepareJax(request.measure);
    return timeMatrixProduct(request.measure);
  }
  const { session, method, args } = request;
  const value = await sessions.get(session)?.[method]?.(...args);
  if (method === "release") {
    sessions.delete(session);
  }
  return value;
}

function openSession(request: Extract<EngineRequest, { open: string }>): Promise<unknown> {
  switch (request.open) {
    case "training":
      return openTrainingSession(request.options);
    case "inference":
      return openInferenceSession(request.options);
    case "decoding":
      return openDecodingSession(request.options);
  }
}

/** Memory that can change hands instead of being copied: what a session returns is never kept by it. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  }
  if (value instanceof Map) {
    return [...value.values()].flatMap(buffersOf);
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(buffersOf) : [];
}
