import { resolveObjectURL } from "node:buffer";
import { Worker as ThreadWorker } from "node:worker_threads";

/** Gives the thread the few globals that a browser's worker script expects. */
const PRELUDE = `const { parentPort } = require("node:worker_threads");
globalThis.self = globalThis;
globalThis.postMessage = (message) => parentPort.postMessage(message);
parentPort.on("message", (data) => self.onmessage({ data }));
`;

/**
 * The part of the browser's Worker that jax-js uses, over node:worker_threads: Node's threads cannot load
 * the `blob:` address that jax-js gives them. Messages sent before the thread runs are kept for it.
 */
class BlobWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  readonly #thread: Promise<ThreadWorker>;

  constructor(url: string) {
    this.#thread = this.#start(url);
    this.#thread.catch((error: unknown) => this.onerror?.({ message: String(error) }));
  }

  postMessage(message: unknown): void {
    void this.#thread.then((thread) => thread.postMessage(message));
  }

  terminate(): void {
    void this.#thread.then((thread) => thread.terminate());
  }

  async #start(url: string): Promise<ThreadWorker> {
    const script = await resolveObjectURL(url)?.text();
    if (script === undefined) {
      throw new Error(`The worker script ${url} is gone; start the wasm executor again.`);
    }
    const thread = new ThreadWorker(PRELUDE + script, { eval: true, execArgv: [] });
    thread.on("message", (data: unknown) => this.onmessage?.({ data }));
    thread.on("error", (error: unknown) => this.onerror?.({ message: String(error) }));
    thread.unref();
    return thread;
  }
}

/** Must run before jax-js is loaded, which looks for `Worker` and the number of cores once. */
export function installWorkers(threads: number): void {
  Object.defineProperty(globalThis, "Worker", { value: BlobWorker, configurable: true });
  Object.defineProperty(globalThis, "navigator", {
    value: { hardwareConcurrency: threads },
    configurable: true,
  });
}
