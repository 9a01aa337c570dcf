import fc from "fast-check";
import { expect, test } from "vitest";
import { arrivalOf, type Mark } from "./arrival.ts";

const MINUTE = 60_000;

/** Marks a minute apart; `pace(i)` is what is done in the minute i. */
function marks(count: number, pace: (minute: number) => number): Mark[] {
  let done = 0;
  return Array.from({ length: count }, (_, minute) => {
    done += pace(minute);
    return { time: minute * MINUTE, done };
  });
}

test("a steady run arrives when its pace says, without spread", () => {
  const arrival = arrivalOf(
    marks(60, () => 10),
    1_200,
  );
  expect(arrival?.at).toBeCloseTo(119 * MINUTE, 3);
  expect(arrival?.early).toBeCloseTo(119 * MINUTE, 3);
  expect(arrival?.late).toBeCloseTo(119 * MINUTE, 3);
});

test("a run that has just slowed to half arrives at the earliest by its old pace and at the latest by its new one", () => {
  const seen = marks(60, (minute) => (minute < 50 ? 10 : 5));
  const last = seen.at(-1) as Mark;
  const arrival = arrivalOf(seen, last.done + 1_000);
  const minutes = (at = 0) => (at - last.time) / MINUTE;
  expect(minutes(arrival?.early)).toBeGreaterThan(100);
  expect(minutes(arrival?.early)).toBeLessThan(minutes(arrival?.at));
  expect(minutes(arrival?.at)).toBeLessThan(minutes(arrival?.late));
  expect(minutes(arrival?.late)).toBeLessThanOrEqual(200 + 1e-9);
});

test("early, guess and late stand in this order and never before the newest mark, whatever the pace", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000), { minLength: 4, maxLength: 80 }),
      fc.nat(100_000),
      (paces, planned) => {
        const seen = marks(paces.length, (minute) => paces[minute] ?? 0);
        const arrival = arrivalOf(seen, planned);
        const last = seen.at(-1) as Mark;
        if (arrival === null) {
          expect(seen.every(({ done }) => done === last.done)).toBe(true);
          return;
        }
        expect(arrival.early).toBeGreaterThanOrEqual(last.time);
        expect(arrival.at).toBeGreaterThanOrEqual(arrival.early);
        expect(arrival.late).toBeGreaterThanOrEqual(arrival.at);
        expect(Number.isFinite(arrival.late)).toBe(true);
      },
    ),
  );
});
