import { Worker } from "node:worker_threads";
import type { DecodingSessionOptions } from "./decoding-contract.ts";
import type { EngineAnswer, EngineRequest } from "./engine-worker.ts";
import type { InferenceSessionOptions } from "./inference-contract.ts";
import type { Executor, TrainingSessionOptions } from "./training-contract.ts";

type Waiting = { resolve: (value: unknown) => void; reject: (error: unknown) => void };
type Distribute<T> = T extends unknown ? Omit<T, "id"> : never;

let thread: EngineThread | null = null;

/** The one thread of this process on which all ONNX sessions compute; it starts with the first of them. */
export function engineThread(): EngineThread {
  thread ??= new EngineThread();
  return thread;
}

/** Calls across the thread's border. It keeps the process alive only while an answer is awaited. */
export class EngineThread {
  private readonly worker = new Worker(new URL("./engine-worker.ts", import.meta.url));
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;

  constructor() {
    this.worker.on("message", (answer: EngineAnswer) => this.settle(answer));
    this.worker.on("error", (error) => this.fail(error));
    this.worker.unref();
  }

  /** Opens a session there; the number names it in later calls. */
  async open(
    what:
      | { open: "training"; options: TrainingSessionOptions }
      | { open: "inference"; options: InferenceSessionOptions }
      | { open: "decoding"; options: DecodingSessionOptions },
  ): Promise<number> {
    return (await this.ask(what)) as number;
  }

  call<T>(session: number, method: string, args: unknown[] = []): Promise<T> {
    return this.ask({ session, method, args }) as Promise<T>;
  }

  measurePeak(options: { executor: Executor; threads: number }): Promise<number> {
    return this.ask({ measure: options }) as Promise<number>;
  }

  private ask(request: Distribute<EngineRequest>): Promise<unknown> {
    this.count += 1;
    const id = this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.ref();
      this.worker.postMessage({ id, ...request });
    });
  }

  private settle(answer: EngineAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) {
      this.worker.unref();
    }
    if ("error" in answer) {
      waiting?.reject(answer.error);
    } else {
      waiting?.resolve(answer.value);
    }
  }

  private fail(error: unknown): void {
    thread = null;
    for (const { reject } of this.waiting.values()) {
      reject(error);
    }
    this.waiting.clear();
  }
}
