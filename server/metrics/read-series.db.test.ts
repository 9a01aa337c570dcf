import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import {
  createMetricRun,
  findFaults,
  logMetrics,
  type MetricRun,
  modelPoints,
  openMetricAttempt,
} from "../testing/metric-run.ts";
import type { WireNumber, XAxis } from "./contract.ts";
import { readSeries } from "./read-series.ts";
import { sealTail } from "./seal-tail.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.close();
});

/** A small generator of its own, so that fast-check shrinks plans of a few numbers and not thousands of values. */
function noise(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function strangeValue(random: () => number): WireNumber {
  const kind = random();
  if (kind < 0.02) {
    return kind < 0.01 ? "NaN" : kind < 0.015 ? "Infinity" : "-Infinity";
  }
  return kind < 0.03 ? 1000 * (random() - 0.5) : 2 + random();
}

type Logging = {
  first: number;
  rows: number;
  stride: number;
  seed: number;
  order: "up" | "down" | "mixed";
};

/** `loss` in nearly every row, `eval/loss` in some, `tokens` in all; times rise with the steps. */
function makeBatch({ first, rows, stride, seed, order }: Logging) {
  const random = noise(seed);
  const steps = Array.from({ length: rows }, (_, row) => first + row * stride);
  if (order === "down") {
    steps.reverse();
  }
  if (order === "mixed") {
    // Some steps stand twice in the batch: the later row counts.
    steps.forEach((step, row) => {
      if (random() < 0.3) {
        steps[Math.floor(random() * rows)] = step;
        steps[row] = first + Math.floor(random() * rows) * stride;
      }
    });
  }
  return {
    steps,
    times: steps.map((step) => 1_700_000_000_000 + step * 10),
    series: {
      loss: steps.map(() => (random() < 0.05 ? null : strangeValue(random))),
      "eval/loss": steps.map((step) => (step % 37 === 0 ? strangeValue(random) : null)),
      tokens: steps.map((step) => step * 512),
    },
  };
}

type TestedAxis = Exclude<XAxis, "relative">;
const AXIS_SCALE: Record<TestedAxis, (step: number) => number> = {
  step: (step) => step,
  time: (step) => 1_700_000_000_000 + step * 10,
  tokens: (step) => step * 512,
};

type Window = { x: TestedAxis; from: number | undefined; to: number | undefined; buckets: number };

async function expectExact(run: MetricRun, window: Window, attempt = run.attempt): Promise<void> {
  const { x, buckets } = window;
  const from = window.from === undefined ? undefined : AXIS_SCALE[x](window.from);
  const to = window.to === undefined ? undefined : AXIS_SCALE[x](window.to);
  const keys = ["loss", "eval/loss", "tokens", "unknown"];
  const answer = await readSeries(run.pool, {
    runId: run.runId,
    attempt,
    keys,
    x,
    from,
    to,
    buckets,
  });
  const tokens = modelPoints(run, "tokens", attempt);
  const [least, most] = [tokens[0]?.step ?? 0, tokens.at(-1)?.step ?? 0];
  for (const key of ["loss", "eval/loss", "tokens"]) {
    const all = modelPoints(run, key, attempt);
    const inside = all.filter(({ step }) => {
      const place = x === "tokens" ? Math.min(Math.max(step, least), most) : step;
      return place >= (window.from ?? -Infinity) && place <= (window.to ?? Infinity);
    });
    const series = answer.series[key];
    if (series === undefined) {
      expect(all, key).toEqual([]);
      continue;
    }
    expect(findFaults(series, inside, buckets), `${key} ${JSON.stringify(window)}`).toEqual([]);
    expect(series.x).toEqual(series.steps.map(AXIS_SCALE[x]));
  }
  expect(answer.series["unknown"]).toBeUndefined();
}

const SPREAD = 12_000;
const step = fc.integer({ min: -10, max: SPREAD + 10 });
const logging: fc.Arbitrary<Logging> = fc.record({
  first: fc.nat(SPREAD / 2),
  rows: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 3000 })),
  stride: fc.integer({ min: 1, max: 2 }),
  seed: fc.nat(1e9),
  order: fc.constantFrom("up" as const, "up" as const, "down" as const, "mixed" as const),
});
const window: fc.Arbitrary<Window> = fc.record({
  x: fc.constantFrom<TestedAxis>("step", "step", "time", "tokens"),
  from: fc.option(step, { nil: undefined }),
  to: fc.option(step, { nil: undefined }),
  buckets: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1000 })),
});
type Action =
  | { do: "log"; logging: Logging }
  | { do: "follow"; logging: Logging }
  | { do: "seal" }
  | { do: "attempt" }
  | { do: "read"; window: Window };
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 2, arbitrary: logging.map((logging): Action => ({ do: "log", logging })) },
  { weight: 4, arbitrary: logging.map((logging): Action => ({ do: "follow", logging })) },
  { weight: 3, arbitrary: fc.constant<Action>({ do: "seal" }) },
  { weight: 1, arbitrary: fc.constant<Action>({ do: "attempt" }) },
  { weight: 6, arbitrary: window.map((window): Action => ({ do: "read", window })) },
);

async function act(run: MetricRun, what: Action): Promise<void> {
  if (what.do === "log") {
    await logMetrics(run, makeBatch(what.logging));
  } else if (what.do === "follow") {
    const newest = modelPoints(run, "tokens").at(-1)?.step ?? 0;
    await logMetrics(run, makeBatch({ ...what.logging, first: newest + 1 }));
  } else if (what.do === "seal") {
    await sealTail(run.pool, { runId: run.runId, attempt: run.attempt });
  } else if (what.do === "attempt") {
    await openMetricAttempt(run);
  } else {
    const attempts = [...run.model.keys()].map((name) => Number(name.split("/")[0]));
    for (const attempt of new Set(attempts)) {
      await expectExact(run, what.window, attempt);
    }
  }
}

/** Found once: a share of two steps is no binary fraction, and the tokens between them were no whole number. */
const UNEVEN_TOKENS: Action[] = [
  { do: "log", logging: { first: 0, rows: 2578, stride: 1, seed: 0, order: "mixed" } },
  { do: "seal" },
];
const ALL_TOKENS: Window = { x: "tokens", from: undefined, to: undefined, buckets: 4 };

test("any mixture of logging, late and repeated steps, sealing and reading agrees with brute force", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 3, maxLength: 14 }),
      window,
      async (plan, last) => {
        const run = await createMetricRun(database.pool);
        for (const what of plan) {
          await act(run, what);
        }
        if (modelPoints(run, "tokens").length > 0) {
          await expectExact(run, last);
          await expectExact(run, { ...last, from: undefined, to: undefined });
        }
      },
    ),
    { numRuns: 60, endOnFailure: false, examples: [[UNEVEN_TOKENS, ALL_TOKENS]] },
  );
}, 240_000);
