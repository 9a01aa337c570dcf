import { Worker } from "node:worker_threads";

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

/** A thread that answers messages one after the other. */
function openThread(file: URL): {
  ask(message: unknown): Promise<unknown>;
  end(): Promise<unknown>;
} {
  const worker = new Worker(file);
  const waiting: Waiting[] = [];
  const fail = (error: Error): void => {
    for (const { reject } of waiting.splice(0)) {
      reject(error);
    }
  };
  worker.on("message", (answer: unknown) => waiting.shift()?.resolve(answer));
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`A data thread ended with ${code}.`)));
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(message);
      }),
    end: () => worker.terminate(),
  };
}

/**
 * Sends each input to a thread and yields the answers in the order of the inputs. At most two inputs a thread are
 * under way: a slow reader of the answers slows the reading of the inputs, and memory stays bounded.
 */
export async function* mapOnThreads<I>(
  inputs: AsyncIterable<I>,
  file: URL,
  threads: number,
): AsyncGenerator<unknown> {
  const pool = Array.from({ length: threads }, () => openThread(file));
  const underWay: Promise<unknown>[] = [];
  let next = 0;
  try {
    for await (const input of inputs) {
      const answer = pool[next % threads]?.ask(input) ?? Promise.resolve(null);
      // A failure is met where its turn comes; until then it must not count as unhandled.
      answer.catch(() => undefined);
      underWay.push(answer);
      next += 1;
      if (underWay.length >= 2 * threads) {
        yield await underWay.shift();
      }
    }
    while (underWay.length > 0) {
      yield await underWay.shift();
    }
  } finally {
    await Promise.all(pool.map((thread) => thread.end()));
  }
}
