import pg from "pg";

export type Listener = { close(): Promise<void> };

type ListenOptions = {
  url: string;
  channel: string;
  onMessage: (payload: string) => void;
  /** Called after each (re)connection: whatever was sent meanwhile was missed, so read again. */
  onConnect: () => void;
  onError?: (error: Error) => void;
};

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/** Keeps one connection on `LISTEN channel`, opening it again whenever it breaks. */
export function listen(options: ListenOptions): Listener {
  let client: pg.Client | null = null;
  let closed = false;
  let retryMs = FIRST_RETRY_MS;
  let timer: NodeJS.Timeout | undefined;

  const again = (error: Error) => {
    if (closed || timer !== undefined) {
      return;
    }
    options.onError?.(error);
    client?.removeAllListeners();
    client?.on("error", () => undefined);
    void client?.end().catch(() => undefined);
    client = null;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  };

  const connect = async () => {
    const fresh = new pg.Client({ connectionString: options.url, keepAlive: true });
    client = fresh;
    fresh.on("error", again);
    fresh.on("end", () => again(new Error("The listening connection ended.")));
    fresh.on("notification", ({ payload }) => options.onMessage(payload ?? ""));
    try {
      await fresh.connect();
      await fresh.query(`listen ${pg.escapeIdentifier(options.channel)}`);
      retryMs = FIRST_RETRY_MS;
      options.onConnect();
    } catch (error) {
      again(error as Error);
    }
  };

  void connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      client?.removeAllListeners();
      client?.on("error", () => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}
