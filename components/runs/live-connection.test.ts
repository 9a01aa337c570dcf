import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveFrame } from "#server/runs/contract.ts";
import {
  type Beat,
  type ConnectionState,
  FLUSH_MS,
  openConnection,
  type Stream,
} from "./live-connection.ts";

const frame = (seq: number): LiveFrame => ({
  seq,
  attempt: 1,
  steps: [seq],
  times: [seq],
  series: {},
  events: [],
  lines: [],
});

/** A stream that the test drives by hand: the browser's is the outside world here. */
function setUp(since = 0) {
  const opened: {
    since: number;
    closed: boolean;
    listeners: Map<string, (event: { data: string }) => void>;
    stream: Stream;
  }[] = [];
  const states: ConnectionState[] = [];
  const batches: number[][] = [];
  const beats: Beat[] = [];
  let resets = 0;
  const connection = openConnection({
    since,
    openStream: (from) => {
      const listeners = new Map<string, (event: { data: string }) => void>();
      const entry = {
        since: from,
        closed: false,
        listeners,
        stream: {
          onopen: null,
          onerror: null,
          addEventListener: (kind, listen) => listeners.set(kind, listen),
          close: () => {
            entry.closed = true;
          },
        } as Stream,
      };
      opened.push(entry);
      return entry.stream;
    },
    onFrames: (frames) => batches.push(frames.map(({ seq }) => seq)),
    onReset: () => {
      resets += 1;
    },
    onBeat: (beat) => beats.push(beat),
    onState: (state) => states.push(state),
    random: () => 0,
  });
  const last = () => opened.at(-1) ?? expect.fail("no stream was opened");
  const send = (seq: number) => last().listeners.get("log")?.({ data: JSON.stringify(frame(seq)) });
  return { connection, opened, states, batches, beats, last, send, resets: () => resets };
}

describe("openConnection", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("starts after what the page holds and hands frames on four times a second at most", () => {
    const { last, send, batches } = setUp(41);
    expect(last().since).toBe(41);
    for (let seq = 42; seq < 52; seq += 1) {
      send(seq);
      vi.advanceTimersByTime(FLUSH_MS / 5);
    }
    vi.advanceTimersByTime(FLUSH_MS);
    expect(batches.flat()).toEqual([42, 43, 44, 45, 46, 47, 48, 49, 50, 51]);
    expect(batches.length).toBeLessThanOrEqual(4);
  });

  it("hands the first frame after a quiet moment on at once", () => {
    const { send, batches } = setUp(0);
    send(1);
    vi.advanceTimersByTime(0);
    expect(batches).toEqual([[1]]);
    vi.advanceTimersByTime(FLUSH_MS);
    send(2);
    vi.advanceTimersByTime(0);
    expect(batches).toEqual([[1], [2]]);
  });

  it("passes over a frame that it has had before", () => {
    const { send, batches } = setUp(10);
    for (const seq of [10, 11, 11, 9, 12]) {
      send(seq);
    }
    vi.advanceTimersByTime(FLUSH_MS);
    expect(batches).toEqual([[11, 12]]);
  });

  it("comes back after the newest frame seen, waiting twice as long after each failure", () => {
    const { opened, last, send, states } = setUp(0);
    send(1);
    send(2);
    last().stream.onerror?.();
    expect(last().closed).toBe(true);
    expect(states.at(-1)).toEqual({ phase: "waiting", retryAt: Date.now() + 1000 });
    vi.advanceTimersByTime(1000);
    expect(last().since).toBe(2);
    last().stream.onerror?.();
    vi.advanceTimersByTime(1999);
    expect(opened).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(opened).toHaveLength(3);
    last().stream.onopen?.();
    expect(states.at(-1)).toEqual({ phase: "open" });
    last().stream.onerror?.();
    expect(states.at(-1)).toEqual({ phase: "waiting", retryAt: Date.now() + 1000 });
  });

  it("reconnects at once when asked, once", () => {
    const { connection, opened, last } = setUp(0);
    last().stream.onerror?.();
    connection.retryNow();
    expect(opened).toHaveLength(2);
    vi.advanceTimersByTime(60_000);
    expect(opened).toHaveLength(2);
  });

  it("asks for a fresh page of data on reset and goes on from the seq it names", () => {
    const { last, send, batches, resets } = setUp(5);
    last().listeners.get("reset")?.({ data: '{"seq":900}' });
    expect(resets()).toBe(1);
    send(900);
    send(901);
    vi.advanceTimersByTime(FLUSH_MS);
    expect(batches).toEqual([[901]]);
  });

  it("says nothing more once closed", () => {
    const { connection, last, send, batches, states } = setUp(0);
    send(1);
    connection.close();
    vi.advanceTimersByTime(120_000);
    expect(last().closed).toBe(true);
    expect(batches).toEqual([]);
    expect(states.at(-1)).toEqual({ phase: "idle" });
  });

  it("hands a heartbeat on at once", () => {
    const { beats, last } = setUp();
    last().listeners.get("beat")?.({ data: '{"at":5,"paused":true}' });
    expect(beats).toEqual([{ at: 5, paused: true }]);
  });
});
