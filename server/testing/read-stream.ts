import { type IncomingMessage, request } from "node:http";

export type StreamEvent = { id: string; event: string; data: string };

/** An open live stream, read as a browser would. */
export type StreamReader = {
  status: number;
  headers: IncomingMessage["headers"];
  events: StreamEvent[];
  comments: string[];
  /** Where a reconnect would go on: the newest `id`, also of an event without data. */
  lastId: string | null;
  retryMs: number | null;
  /** The body as text, for answers that are no stream. */
  text: string;
  ended: Promise<void>;
  /** Breaks the connection off. */
  cut(): void;
};

type Options = { url: string; lastEventId?: string | null };

/** Opens a stream; resolves when the answer's head is there. */
export async function readStream({ url, lastEventId = null }: Options): Promise<StreamReader> {
  const headers = {
    accept: "text/event-stream",
    ...(lastEventId === null ? {} : { "last-event-id": lastEventId }),
  };
  const call = request(url, { agent: false, headers });
  const answer = await new Promise<IncomingMessage>((done, fail) => {
    call.once("response", done).once("error", fail).end();
  });
  call.on("error", () => undefined);
  const reader: StreamReader = {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    events: [],
    comments: [],
    lastId: lastEventId,
    retryMs: null,
    text: "",
    ended: new Promise((done) => {
      answer.once("close", () => done());
    }),
    cut: () => call.destroy(),
  };
  let rest = "";
  answer.on("error", () => undefined);
  answer.setEncoding("utf8").on("data", (chunk: string) => {
    reader.text += chunk;
    const blocks = `${rest}${chunk}`.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      readBlock(reader, block);
    }
  });
  return reader;
}

function readBlock(reader: StreamReader, block: string): void {
  let event = "message";
  let data = "";
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trimStart();
    if (colon === 0) {
      reader.comments.push(value);
    } else if (name === "id") {
      reader.lastId = value;
    } else if (name === "retry") {
      reader.retryMs = Number(value);
    } else if (name === "event") {
      event = value;
    } else if (name === "data") {
      data += value;
    }
  }
  if (data !== "") {
    reader.events.push({ id: reader.lastId ?? "", event, data });
  }
}
