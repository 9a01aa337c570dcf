import type { Socket } from "node:net";

/** What may wait unsent for one viewer before it is dropped: it can reconnect and catch up, memory cannot. */
const MOST_WAITING_BYTES = 2 * 1024 * 1024;
const DRAIN_PATIENCE_MS = 20_000;

/**
 * One open connection. Frames go to the socket itself: the response is not chunked, so the same bytes serve
 * every viewer and nothing is copied or framed again.
 */
export class Viewer {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get gone(): boolean {
    return this.#socket.destroyed || this.#socket.writableEnded;
  }

  /** Calls `done` once, when the connection has ended, also when it has already. */
  onGone(done: () => void): void {
    if (this.#socket.destroyed) {
      done();
      return;
    }
    this.#socket.once("close", done);
  }

  /** Writes, or drops a viewer that has too much unsent already; false when it is gone. */
  send(bytes: Buffer | string): boolean {
    if (this.gone) {
      return false;
    }
    if (this.#socket.writableLength > MOST_WAITING_BYTES) {
      this.#socket.destroy();
      return false;
    }
    this.#socket.write(bytes);
    return true;
  }

  /** Waits until what was written has left; false when the viewer is gone or too slow. */
  async drained(): Promise<boolean> {
    if (this.gone) {
      return false;
    }
    if (!this.#socket.writableNeedDrain) {
      return true;
    }
    await new Promise<void>((done) => {
      const finish = () => {
        clearTimeout(timer);
        this.#socket.off("drain", finish);
        this.#socket.off("close", finish);
        done();
      };
      const timer = setTimeout(() => {
        this.#socket.destroy();
        finish();
      }, DRAIN_PATIENCE_MS);
      this.#socket.once("drain", finish);
      this.#socket.once("close", finish);
    });
    return !this.gone;
  }

  /** Last words, then the end. */
  end(words: string): void {
    if (!this.gone) {
      this.#socket.write(words);
      this.#socket.destroySoon();
    }
  }
}
