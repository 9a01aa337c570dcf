// One stream of signals a tab: "something of this topic is new, ask again". Topics are `thread:12`, `initiative:7`, `run:run_a1`, `initiatives` and
// `me` (what concerns the signed-in member). No content travels here, so nothing can be missed that asking again does not bring.

type Listener = () => void;

const GATHER_MS = 50;
const listeners = new Map<string, Set<Listener>>();
let source: EventSource | null = null;
let openFor = "";
let timer: ReturnType<typeof setTimeout> | undefined;

/** Calls `listener` when something of the topic is new, and after each break of the line. Returns how to stop. */
export function listenTo(topic: string, listener: Listener): () => void {
  const known = listeners.get(topic) ?? new Set();
  listeners.set(topic, known.add(listener));
  reopenSoon();
  return () => {
    known.delete(listener);
    if (known.size === 0) {
      listeners.delete(topic);
    }
    reopenSoon();
  };
}

function reopenSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(reopen, GATHER_MS);
}

function reopen(): void {
  const topics = [...listeners.keys()].sort().join(",");
  if (topics === openFor) {
    return;
  }
  source?.close();
  openFor = topics;
  source = topics === "" ? null : openStream(topics);
}

function openStream(topics: string): EventSource {
  const stream = new EventSource(`/api/signals?topics=${encodeURIComponent(topics)}`);
  let before = false;
  stream.addEventListener("open", () => {
    if (before) {
      tell([...listeners.keys()]);
    }
    before = true;
  });
  stream.addEventListener("signal", ({ data }) => tell([String(data)]));
  stream.addEventListener("again", () => tell([...listeners.keys()]));
  return stream;
}

function tell(topics: string[]): void {
  for (const topic of topics) {
    for (const listener of listeners.get(topic) ?? []) {
      listener();
    }
  }
}
