// The trial's verdict on synthetic curves with known effects and noise: coverage, false keeps, false roll-backs.  Options: --curves 400

import { parseArgs } from "node:util";
import type { Point } from "#server/initiatives/trial/estimate-change.ts";
import { estimateChange } from "#server/initiatives/trial/estimate-change.ts";
import { reachVerdict } from "#server/initiatives/trial/reach-verdict.ts";
import type { BenchReport } from "./main.ts";

const WINDOW = 2_000;
const NOISE = 0.05;
/** A good change as it is asked for: at least this much lower. */
const ACCEPT = -0.02;
const ABORT = 0.02;

type Kind = { name: string; memory: number; bend: number };
/** Memory: correlation of one step's noise with the next. Bend: how far the loss falls as a power law, not a line. */
const KINDS: Kind[] = [
  { name: "independent noise, straight", memory: 0, bend: 0 },
  { name: "correlated 0.9, straight", memory: 0.9, bend: 0 },
  { name: "correlated 0.97, straight", memory: 0.97, bend: 0 },
  { name: "correlated 0.9, power law", memory: 0.9, bend: 1 },
];
const EFFECTS = [-0.05, -0.02, 0, 0.02, 0.05];

export async function run(report: BenchReport, options: string[]): Promise<void> {
  const { values } = parseArgs({
    args: options,
    options: { curves: { type: "string", default: "400" } },
  });
  const curves = Number(values.curves);
  for (const kind of KINDS) {
    for (const effect of EFFECTS) {
      measure(report, { kind, effect, curves });
    }
  }
}

function measure(
  report: BenchReport,
  { kind, effect, curves }: { kind: Kind; effect: number; curves: number },
): void {
  let [covered, kept, broken, width] = [0, 0, 0, 0];
  for (let seed = 0; seed < curves; seed++) {
    const { before, after } = drawCurve(kind, effect, createNormal(seed * 7_919 + 1));
    const found = estimateChange(before, after);
    const verdict = reachVerdict([
      { bound: { metric: "loss", better: "lower", accept: ACCEPT, abort: ABORT }, before, after },
    ]);
    covered += found !== null && found.low <= effect && effect <= found.high ? 1 : 0;
    width += found === null ? 0 : found.high - found.low;
    kept += verdict?.proposal === "keep" ? 1 : 0;
    broken += verdict?.findings[0]?.outcome === "broken" ? 1 : 0;
  }
  const name = `${kind.name}, effect ${effect}`;
  const share = (count: number) => Math.round((1_000 * count) / curves) / 1_000;
  report({
    ...{ case: name, metric: "coverage", value: share(covered), unit: "of 95 % intervals" },
    bar: { atLeast: 0.91 },
  });
  report({ case: name, metric: "interval_width", value: width / curves, unit: "nat" });
  if (effect >= ACCEPT) {
    report({
      ...{ case: name, metric: "kept_falsely", value: share(kept), unit: "of curves" },
      bar: { atMost: 0.05 },
    });
  } else {
    report({ case: name, metric: "kept_rightly", value: share(kept), unit: "of curves" });
  }
  if (effect < ABORT) {
    report({
      ...{ case: name, metric: "aborted_falsely", value: share(broken), unit: "of curves" },
      bar: { atMost: 0.05 },
    });
  }
}

function drawCurve(
  { memory, bend }: Kind,
  effect: number,
  normal: () => number,
): { before: Point[]; after: Point[] } {
  const start = 50_000;
  let noise = 0;
  const points = Array.from({ length: 2 * WINDOW }, (_, index) => {
    noise = memory * noise + Math.sqrt(1 - memory ** 2) * NOISE * normal();
    const step = start + index;
    const level = bend === 0 ? 3 - 2e-6 * index : 2 + 4 * (step / 1_000) ** -0.3;
    return { step, value: level + noise + (index < WINDOW ? 0 : effect) };
  });
  return { before: points.slice(0, WINDOW), after: points.slice(WINDOW) };
}

/** Standard normal numbers by Box and Muller from a seeded generator (mulberry32's mixing). */
function createNormal(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
