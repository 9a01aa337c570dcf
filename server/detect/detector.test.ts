import fc from "fast-check";
import { expect, test } from "vitest";
import { type DetectorState, detect, detectorAfter, type ObservedBatch } from "./detector.ts";

const noise = (step: number) => Math.sin(step * 12.9898) * 0.03;
const lossAt = (step: number) => 2 + 6 / Math.sqrt(step + 1) + noise(step);

function batchOf(steps: number[], series: Record<string, (step: number) => number>): ObservedBatch {
  const columns = Object.entries(series).map(([key, value]) => [key, steps.map(value)]);
  return { steps, times: steps.map((step) => step * 500), series: Object.fromEntries(columns) };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => from + place);

const kinds = (batch: ObservedBatch) =>
  detect(null, batch).findings.map(({ kind, step }) => `${kind} ${step}`);

test("a loss that falls as losses do shows nothing", () => {
  expect(kinds(batchOf(range(0, 2_000), { loss: lossAt }))).toEqual([]);
});

test("one high step is one spike, at its step", () => {
  const loss = (step: number) => lossAt(step) * (step === 700 ? 1.5 : 1);
  expect(kinds(batchOf(range(0, 2_000), { loss }))).toEqual(["spike 700"]);
});

test("an excursion of thirty steps is one spike", () => {
  const loss = (step: number) => lossAt(step) + (step >= 700 && step < 730 ? 1.5 : 0);
  expect(kinds(batchOf(range(0, 2_000), { loss }))).toEqual(["spike 700"]);
});

test("one high step stands out soon after a steep beginning, and on a curve of a few points", () => {
  const steep = (step: number) =>
    (step === 0 ? 10 : 2 + 0.02 * noise(step)) + (step === 30 ? 1 : 0);
  expect(kinds(batchOf(range(0, 60), { loss: steep }))).toEqual(["spike 30"]);
});

test("what stays up is a new level, and told once", () => {
  for (const height of [0.5, 9]) {
    const loss = (step: number) => lossAt(step) + (step >= 700 ? height : 0);
    expect(kinds(batchOf(range(0, 2_000), { loss }))).toEqual(["spike 700"]);
  }
});

test("the higher losses behind a way back are no spike; what is out of proportion is, once", () => {
  const steep = (step: number) => 2 + 6 / (1 + step / 40) + noise(step) / 10;
  const back = batchOf([...range(0, 300), ...range(150, 400)], { loss: steep });
  expect(kinds(back)).toEqual(["rollback 150"]);
  const { state } = detect(null, batchOf(range(0, 300), { loss: steep }));
  const loss = (step: number) => (step < 160 ? 40 : steep(step));
  const { findings } = detect(detectorAfter(state), batchOf(range(150, 400), { loss }));
  expect(findings.map(({ kind, step }) => `${kind} ${step}`)).toEqual(["spike 150"]);
});

test("noise on the slope of an excursion is not another one", () => {
  const slope = (step: number) => (step >= 700 && step < 735 ? 1.2 * (1 - (step - 700) / 35) : 0);
  const loss = (step: number) => lossAt(step) + slope(step) + 4 * noise(step * 3);
  expect(kinds(batchOf(range(300, 2_000), { loss }))).toEqual(["spike 700"]);
});

test("a streak without a number is told once", () => {
  const loss = (step: number) => (step >= 40 && step < 50 ? Number.NaN : lossAt(step));
  expect(kinds(batchOf(range(0, 100), { loss }))).toEqual(["nan 40"]);
});

test("steps that run backwards are a way back, a single late one is not", () => {
  const late = batchOf([...range(0, 100), 50, ...range(100, 200)], { loss: lossAt });
  expect(kinds(late)).toEqual([]);
  const back = batchOf([...range(0, 200), ...range(100, 300)], { loss: lossAt });
  expect(kinds(back)).toEqual(["rollback 100"]);
});

test("no step of Noam's schedule is a change, a new factor is one", () => {
  const noam = (step: number) => 0.01 * Math.min((step + 1) ** -0.5, (step + 1) * 200 ** -1.5);
  expect(kinds(batchOf(range(0, 5_000), { lr: noam }))).toEqual([]);
  const halved = (step: number) => noam(step) * (step < 3_000 ? 1 : 0.5);
  expect(kinds(batchOf(range(0, 5_000), { lr: halved }))).toEqual(["rate 3000"]);
  const cooled = (step: number) => (step < 900 ? noam(step) : 1e-4 * (1_000 - step) * 0.01);
  expect(kinds(batchOf(range(0, 995), { lr: cooled }))).toEqual(["rate 900"]);
  const cosine = (step: number) => 1e-3 * (1 + Math.cos((Math.PI * step) / 2_000));
  expect(kinds(batchOf(range(0, 2_000), { lr: cosine }))).toEqual([]);
});

test("a drop of the throughput is told once, a single slow step not at all", () => {
  const key = "throughput/tokens_per_second";
  const once = (step: number) => (step % 100 === 0 ? 100 : 9_000);
  expect(kinds(batchOf(range(0, 500), { [key]: once }))).toEqual([]);
  const drop = (step: number) => (step < 300 ? 9_000 : 5_000);
  expect(kinds(batchOf(range(0, 500), { [key]: drop }))).toEqual(["slow 300"]);
});

test("a source's new weight is a change of the data", () => {
  const weight = (step: number) => (step < 30 ? 0.5 : 0.7);
  expect(kinds(batchOf(range(0, 60), { "data/weight/zh": weight }))).toEqual(["data 30"]);
});

test("a planned stage is entered once, wherever the batches end, and not by an attempt that begins within it", () => {
  const stages = [
    { name: "first", fromStep: 0 },
    { name: "second", fromStep: 12 },
  ];
  const plain = (from: number, to: number) => ({ ...batchOf(range(from, to), {}), stages });
  const first = detect(null, plain(1, 13));
  const second = detect(first.state, plain(13, 20));
  const said = [...first.findings, ...second.findings].map(({ kind, step }) => `${kind} ${step}`);
  expect(said).toEqual(["stage 0", "stage 12"]);
  expect(detect(detectorAfter(second.state), plain(15, 30)).findings).toEqual([]);
  const back = detect(detectorAfter(second.state), plain(11, 30)).findings;
  expect(back.map(({ kind, step }) => `${kind} ${step}`)).toEqual(["stage 12"]);
});

test("a new attempt keeps what is usual and forgets where it stood", () => {
  const { state } = detect(null, batchOf(range(0, 500), { loss: lossAt }));
  const loss = (step: number) => (step === 310 ? 9 : lossAt(step));
  const { findings } = detect(detectorAfter(state), batchOf(range(300, 400), { loss }));
  expect(findings.map(({ kind, step }) => `${kind} ${step}`)).toEqual(["spike 310"]);
});

test("however a history is cut into batches, the same is found", () => {
  const loss = (step: number) => lossAt(step) * (step % 97 === 96 ? 2 : 1);
  const whole = detect(null, batchOf(range(0, 400), { loss }), 1_000).findings;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 399 }), { maxLength: 8 }), (cuts) => {
      const borders = [0, ...[...new Set(cuts)].sort((a, b) => a - b), 400];
      let state: DetectorState | null = null;
      const found = borders.slice(1).flatMap((to, index) => {
        const answer = detect(state, batchOf(range(borders[index] ?? 0, to), { loss }), 1_000);
        state = JSON.parse(JSON.stringify(answer.state)) as DetectorState;
        return answer.findings;
      });
      expect(found).toEqual(whole);
    }),
  );
});
