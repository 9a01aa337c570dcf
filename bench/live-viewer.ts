import { connect, type Socket } from "node:net";

const ID = Buffer.from("id: ");
const END = Buffer.from("\n\n");
const HEAD_END = Buffer.from("\r\n\r\n");
const SHARED = Buffer.alloc(256 * 1024);

type Options = {
  port: number;
  path: string /** Connects from 127.0.0.`address`. */;
  address: number;
};

/**
 * A viewer that costs little: it reads the number of each frame and the order they come in, nothing else. Thousands
 * of these in one process must not be what the bench measures.
 */
export class LiveViewer {
  /** Called with the number of each frame. */
  onFrame: (seq: number) => void = () => undefined;
  /** The newest number that came, and how often one was left out or came again. */
  seq: number;
  faults = 0;
  #socket: Socket | null = null;
  #rest: Buffer | null = null;
  #inHead = true;
  #begun: () => void = () => undefined;

  private constructor(seq: number) {
    this.seq = seq;
  }

  /** Connects; resolves when the stream has begun. `path` ends with the number that the viewer has, if any. */
  static async open({ port, path, address }: Options): Promise<LiveViewer> {
    const viewer = new LiveViewer(Number(/since=(\d+)/.exec(path)?.[1] ?? -1));
    await new Promise<void>((done, fail) => {
      viewer.#begun = done;
      const socket = connect({
        port,
        host: "127.0.0.1",
        localAddress: `127.0.0.${address}`,
        // One buffer for all: what is not a whole frame yet is copied out of it before the next read.
        onread: {
          buffer: SHARED,
          callback: (length) => {
            viewer.#read(SHARED.subarray(0, length));
            return true;
          },
        },
      });
      viewer.#socket = socket;
      socket.once("connect", () => {
        socket.write(`GET ${path} HTTP/1.1\r\nHost: portal\r\nAccept: text/event-stream\r\n\r\n`);
      });
      socket.on("error", fail);
    });
    return viewer;
  }

  close(): void {
    this.#socket?.destroy();
  }

  #read(chunk: Buffer): void {
    let bytes = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = null;
    if (this.#inHead) {
      const end = bytes.indexOf(HEAD_END);
      if (end < 0 || !bytes.subarray(0, 12).equals(Buffer.from("HTTP/1.1 200"))) {
        throw new Error(`The portal refused a viewer: ${bytes.toString("latin1", 0, 400)}`);
      }
      this.#inHead = false;
      this.#begun();
      bytes = bytes.subarray(end + HEAD_END.length);
    }
    let at = 0;
    while (at < bytes.length) {
      const end = bytes.indexOf(END, at);
      if (end < 0) {
        this.#rest = Buffer.from(bytes.subarray(at));
        return;
      }
      this.#block(bytes, at, end);
      at = end + END.length;
    }
  }

  #block(bytes: Buffer, at: number, end: number): void {
    if (end - at < ID.length || bytes.compare(ID, 0, ID.length, at, at + ID.length) !== 0) {
      return; // A comment or a retry hint.
    }
    let seq = 0;
    let position = at + ID.length;
    for (; position < end && bytes[position] !== 10; position++) {
      seq = seq * 10 + (bytes[position] as number) - 48;
    }
    if (this.seq >= 0 && position < end && seq !== this.seq + 1) {
      this.faults += 1;
    }
    this.seq = seq;
    if (position < end) {
      this.onFrame(seq);
    }
  }
}
