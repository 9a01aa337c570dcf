// What changed between two texts, word by word; Chinese character by character. Myers' shortest edit script (An O(ND)
// Difference Algorithm, 1986), after the common beginning and end are set aside.

export type DiffPart = { kind: "same" | "added" | "removed"; text: string };

/** Texts that differ in more words than this are shown as replaced whole: the work grows with the square of it. */
const MOST_EDITS = 500;
const WORD = /\p{Script=Han}|[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

export function diffWords(before: string, after: string, most = MOST_EDITS): DiffPart[] {
  const [a, b] = [before.match(WORD) ?? [], after.match(WORD) ?? []];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) {
    end++;
  }
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const trace = shortestEdits(x, y, most);
  const middle = trace === null ? replaced(x, y) : walkBack(x, y, trace);
  return join([
    { kind: "same", text: a.slice(0, start).join("") },
    ...middle,
    { kind: "same", text: end === 0 ? "" : a.slice(-end).join("") },
  ]);
}

const replaced = (a: string[], b: string[]): DiffPart[] => [
  { kind: "removed", text: a.join("") },
  { kind: "added", text: b.join("") },
];

/** For each number of edits, how far along `a` each diagonal gets; null when there are too many edits. */
function shortestEdits(a: string[], b: string[], most: number): Map<number, number>[] | null {
  const reach = new Map([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= Math.min(most, a.length + b.length); edits++) {
    trace.push(new Map(reach));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = firstStep(reach, diagonal, edits);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) {
        x++;
      }
      reach.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) {
        return trace;
      }
    }
  }
  return null;
}

const goesDown = (reach: Map<number, number>, diagonal: number, edits: number) =>
  diagonal === -edits ||
  (diagonal !== edits && (reach.get(diagonal - 1) ?? 0) < (reach.get(diagonal + 1) ?? 0));

const firstStep = (reach: Map<number, number>, diagonal: number, edits: number) =>
  goesDown(reach, diagonal, edits)
    ? (reach.get(diagonal + 1) ?? 0)
    : (reach.get(diagonal - 1) ?? 0) + 1;

function walkBack(a: string[], b: string[], trace: Map<number, number>[]): DiffPart[] {
  const parts: DiffPart[] = [];
  const at = { x: a.length, y: b.length };
  const same = (stop: { x: number; y: number }) => {
    while (at.x > stop.x && at.y > stop.y) {
      at.x -= 1;
      at.y -= 1;
      parts.push({ kind: "same", text: a[at.x] ?? "" });
    }
  };
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const reach = trace[edits] ?? new Map<number, number>();
    const diagonal = at.x - at.y;
    const down = goesDown(reach, diagonal, edits);
    const from = down ? diagonal + 1 : diagonal - 1;
    const x = reach.get(from) ?? 0;
    same({ x: down ? x : x + 1, y: down ? x - from + 1 : x - from });
    parts.push(
      down ? { kind: "added", text: b[x - from] ?? "" } : { kind: "removed", text: a[x] ?? "" },
    );
    Object.assign(at, { x, y: x - from });
  }
  same({ x: 0, y: 0 });
  return parts.reverse();
}

/** Neighbours of one kind become one part. */
function join(parts: DiffPart[]): DiffPart[] {
  const joined: DiffPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last?.kind === part.kind) {
      last.text += part.text;
    } else if (part.text !== "") {
      joined.push({ ...part });
    }
  }
  return joined;
}
