// Curves whose events are known: a calm training, recorded or computed, into which events are planted at drawn places.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom, type Random } from "./random.ts";

export type Kind = "spike" | "nan" | "rollback" | "slow" | "rate" | "data" | "stall";
/** What must be found: a kind at a step of an attempt. */
export type Truth = { kind: Kind; attempt: number; step: number };
export type Row = { step: number; loss: number; lr: number; speed: number; weight: number };
/** What a trainer does, in order: it logs a row, is silent for so long, or opens the next attempt. */
export type Act =
  | { do: "log"; row: Row }
  | { do: "wait"; ms: number }
  | { do: "attempt"; fromStep: number };
export type Curve = { name: string; stepMs: number; acts: Act[]; truths: Truth[] };

type Base = { name: string; steps: number; row: (step: number, random: Random) => Row };

const noam = (step: number) => 0.02 * Math.min((step + 1) ** -0.5, (step + 1) * 300 ** -1.5);
const cosine = (step: number, steps: number) =>
  1e-5 + 5e-4 * (1 + Math.cos((Math.PI * step) / steps)) * Math.min(1, (step + 1) / 100);

/** Losses that fall as losses do, with scatter of the given shape. */
function computed(name: string, scatter: (random: Random) => number, floor = 2): Base {
  const steps = 3_000;
  const row = (step: number, random: Random): Row => ({
    step,
    loss: (floor + 6 / (1 + step / 40) ** 0.5) * (1 + scatter(random)),
    lr: name.includes("cosine") ? cosine(step, steps) : noam(step),
    // Now and then a step is slow, as when a checkpoint is written.
    speed: (step % 250 === 249 ? 1_500 : 9_000) * (1 + 0.05 * random.normal()),
    weight: 0.5,
  });
  return { name, steps, row };
}

/** The real losses and rates of a training of recipe `small`: 4 382 steps of 0.4 s and more. */
function recorded(): Base {
  const text = readFileSync(join(import.meta.dirname, "cpm-ant-small.csv"), "utf8");
  const rows = text.trim().split("\n").slice(1);
  const values = rows.map((line) => line.split(",").map(Number));
  const row = (step: number, random: Random): Row => {
    const [, , loss = Number.NaN, lr = Number.NaN] = values[step] ?? [];
    return { step, loss, lr, speed: 3_000 * (1 + 0.08 * random.normal()), weight: 0.5 };
  };
  return { name: "recorded", steps: rows.length, row };
}

/** What happened in the recorded training by itself: a step that its trainer told of too, and the cool-down's beginning. */
const RECORDED: { kind: Kind; step: number }[] = [
  { kind: "spike", step: 2_401 },
  { kind: "rate", step: 4_376 },
];

const BASES = (): Base[] => [
  computed("even scatter", (random) => 0.01 * random.normal()),
  computed("wide scatter", (random) => 0.03 * random.normal()),
  computed("cosine, flat", (random) => 0.004 * random.normal(), 1.8),
  computed("heavy tails", (random) => 0.01 * random.normal() * (random.next() < 0.02 ? 2.5 : 1)),
  recorded(),
];

/** The same curves in every run; `rounds` draws the planted places anew. */
export function drawCurves(rounds: number): Curve[] {
  return Array.from({ length: rounds }, (_, round) =>
    BASES().map((base, place) => plant(base, createRandom(1_000 * round + place + 1), round)),
  ).flat();
}

/** Events stand this far apart, so that each can be told from its neighbours. */
const APART = 170;
const FIRST = 200;

function plant(base: Base, random: Random, round: number): Curve {
  const curve: Curve = { name: `${base.name} ${round + 1}`, stepMs: 800, acts: [], truths: [] };
  const writer = new Writer(base, random, curve);
  const plants = shuffle(PLANTS, random);
  const own = base.name === "recorded" ? RECORDED : [];
  let step = 0;
  for (let place = 0; step < base.steps; place++) {
    const next = Math.min(base.steps, (place === 0 ? FIRST : step + APART) + random.whole(0, 60));
    step = writer.calm(step, next);
    if (own.some((event) => step <= event.step + 60 && next >= event.step - 60)) {
      continue;
    }
    if (step < base.steps - APART) {
      step = plants[place % plants.length]?.(writer, step, random) ?? step;
    }
  }
  curve.truths.push(...own.map((event) => ({ ...event, attempt: writer.attemptAt(event.step) })));
  return curve;
}

/** Writes one curve down; what it plants it also writes among the truths. */
class Writer {
  private readonly base: Base;
  private readonly random: Random;
  private readonly curve: Curve;
  private readonly firsts: number[] = [];
  attempt = 1;
  factor = 1;
  weight = 0.5;

  constructor(base: Base, random: Random, curve: Curve) {
    this.base = base;
    this.random = random;
    this.curve = curve;
  }

  log(step: number, change: Partial<Row> = {}): void {
    const row = this.base.row(step, this.random);
    const usual = { ...row, lr: row.lr * this.factor, weight: this.weight };
    this.curve.acts.push({ do: "log", row: { ...usual, ...change } });
    this.firsts[step] ??= this.attempt;
  }

  lossAt(step: number): number {
    return this.base.row(step, this.random).loss;
  }

  speedAt(step: number): number {
    return this.base.row(step, this.random).speed;
  }

  calm(from: number, to: number): number {
    for (let step = from; step < to; step++) {
      this.log(step);
    }
    return to;
  }

  wait(ms: number): void {
    this.curve.acts.push({ do: "wait", ms });
  }

  open(fromStep: number): void {
    this.curve.acts.push({ do: "attempt", fromStep });
    this.attempt += 1;
  }

  know(kind: Kind, step: number): void {
    this.curve.truths.push({ kind, attempt: this.attempt, step });
  }

  attemptAt(step: number): number {
    return this.firsts[step] ?? 1;
  }
}

type Plant = (writer: Writer, step: number, random: Random) => number;

const PLANTS: Plant[] = [
  function oneHighStep(writer, step, random) {
    writer.know("spike", step);
    writer.log(step, { loss: writer.lossAt(step) * random.between(1.35, 3) });
    return step + 1;
  },
  function excursion(writer, step, random) {
    writer.know("spike", step);
    const height = random.between(0.4, 1.5);
    const length = random.whole(10, 35);
    for (let at = 0; at < length; at++) {
      writer.log(step + at, { loss: writer.lossAt(step + at) * (1 + height * (1 - at / length)) });
    }
    return step + length;
  },
  function noNumber(writer, step, random) {
    writer.know("nan", step);
    const length = random.whole(1, 6);
    for (let at = 0; at < length; at++) {
      writer.log(step + at, { loss: at % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY });
    }
    return step + length;
  },
  function backWithoutAttempt(writer, step, random) {
    const back = step - random.whole(20, 90);
    writer.know("rollback", back);
    return writer.calm(back, step);
  },
  function backInAnAttempt(writer, step, random) {
    const back = step - random.whole(20, 90);
    writer.open(back);
    writer.know("rollback", back);
    return writer.calm(back + 1, step);
  },
  function lostThroughput(writer, step, random) {
    writer.know("slow", step);
    const share = random.between(0.25, 0.6);
    const length = random.whole(40, 120);
    for (let at = 0; at < length; at++) {
      writer.log(step + at, { speed: writer.speedAt(step + at) * share });
    }
    return step + length;
  },
  function otherRate(writer, step, random) {
    writer.know("rate", step);
    writer.factor *= random.next() < 0.5 ? random.between(0.2, 0.7) : random.between(1.4, 3);
    return step;
  },
  function otherData(writer, step, random) {
    writer.know("data", step);
    writer.weight = Number(random.between(0.1, 0.9).toFixed(3));
    return step;
  },
  function silence(writer, step, random) {
    writer.know("stall", step - 1);
    writer.wait(random.between(120_000, 500_000));
    return step;
  },
  function shortPause(writer, step, random) {
    writer.wait(random.between(20_000, 55_000));
    return step;
  },
  function aLatePoint(writer, step) {
    writer.log(step - 4);
    return step;
  },
  function aLowStep(writer, step, random) {
    writer.log(step, { loss: writer.lossAt(step) * random.between(0.3, 0.7) });
    return step + 1;
  },
];

function shuffle<T>(list: readonly T[], random: Random): T[] {
  const shuffled = [...list];
  for (let place = shuffled.length - 1; place > 0; place--) {
    const other = random.whole(0, place);
    [shuffled[place], shuffled[other]] = [shuffled[other] as T, shuffled[place] as T];
  }
  return shuffled;
}
