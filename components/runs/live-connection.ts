import type { LiveFrame } from "#server/runs/contract.ts";

// One stream of one run, however many parts of the page listen. EventSource would reconnect by itself, but
// blindly and without telling; here each attempt starts after the newest frame seen, backs off, and shows
// its state. A frame is handed on at once after a quiet moment, and else four times a second at most, so that a fast
// trainer cannot flood the drawing.

export type ConnectionState =
  | { phase: "idle" }
  | { phase: "connecting" }
  | { phase: "open" }
  | { phase: "waiting"; retryAt: number };

/** The part of EventSource that is used here. */
export type Stream = {
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  addEventListener(kind: string, listen: (event: { data: string }) => void): void;
  close(): void;
};

/** When the portal last heard of the trainer, and whether it is paused. */
export type Beat = { at: number; paused: boolean };

export type ConnectionOptions = {
  /** The newest seq that the page already holds. */
  since: number;
  openStream: (since: number) => Stream;
  onFrames: (frames: LiveFrame[]) => void;
  /** The server cannot bridge the gap: fetch anew. Streaming goes on from `seq`. */
  onReset: () => void;
  /** The trainer gave a sign of life without numbers. */
  onBeat: (beat: Beat) => void;
  onState: (state: ConnectionState) => void;
  /** Where time comes from, for tests. */
  now?: () => number;
  random?: () => number;
};

export type Connection = { retryNow(): void; close(): void };

export const FLUSH_MS = 250;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

type Machine = ConnectionOptions & {
  seq: number;
  stream: Stream | null;
  failures: number;
  waiting: LiveFrame[];
  flushedAt: number;
  flushTimer: ReturnType<typeof setTimeout> | undefined;
  retryTimer: ReturnType<typeof setTimeout> | undefined;
};

export function openConnection(options: ConnectionOptions): Connection {
  const machine: Machine = {
    ...options,
    seq: options.since,
    stream: null,
    failures: 0,
    waiting: [],
    flushedAt: Number.NEGATIVE_INFINITY,
    flushTimer: undefined,
    retryTimer: undefined,
  };
  connect(machine);
  return {
    retryNow: () => connect(machine),
    close: () => {
      drop(machine);
      clearTimeout(machine.flushTimer);
      machine.onState({ phase: "idle" });
    },
  };
}

function connect(machine: Machine): void {
  drop(machine);
  machine.onState({ phase: "connecting" });
  const stream = machine.openStream(machine.seq);
  machine.stream = stream;
  stream.onopen = () => {
    machine.failures = 0;
    machine.onState({ phase: "open" });
  };
  stream.onerror = () => waitAndRetry(machine);
  stream.addEventListener("log", ({ data }) => take(machine, data));
  stream.addEventListener("beat", ({ data }) => machine.onBeat(JSON.parse(data) as Beat));
  stream.addEventListener("reset", ({ data }) => {
    machine.seq = seqOf(data) ?? machine.seq;
    machine.waiting = [];
    machine.onReset();
  });
}

function take(machine: Machine, data: string): void {
  const frame = JSON.parse(data) as LiveFrame;
  if (frame.seq <= machine.seq) {
    return;
  }
  machine.seq = frame.seq;
  machine.waiting.push(frame);
  const wait = Math.max(0, machine.flushedAt + FLUSH_MS - nowOf(machine));
  machine.flushTimer ??= setTimeout(() => flush(machine), wait);
}

function flush(machine: Machine): void {
  machine.flushTimer = undefined;
  machine.flushedAt = nowOf(machine);
  const frames = machine.waiting;
  machine.waiting = [];
  if (frames.length > 0) {
    machine.onFrames(frames);
  }
}

const nowOf = (machine: Machine): number => (machine.now ?? Date.now)();

function seqOf(data: string): number | null {
  const { seq } = JSON.parse(data) as { seq?: unknown };
  return typeof seq === "number" ? seq : null;
}

/** Doubles from one second to thirty; a fifth of chance keeps a thousand pages from knocking at once. */
function waitAndRetry(machine: Machine): void {
  drop(machine);
  const base = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** machine.failures);
  const delay = base * (1 + 0.2 * (machine.random ?? Math.random)());
  machine.failures += 1;
  machine.onState({ phase: "waiting", retryAt: nowOf(machine) + delay });
  machine.retryTimer = setTimeout(() => connect(machine), delay);
}

function drop(machine: Machine): void {
  clearTimeout(machine.retryTimer);
  machine.stream?.close();
  if (machine.stream !== null) {
    machine.stream.onerror = null;
  }
  machine.stream = null;
}
