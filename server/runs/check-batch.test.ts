import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../platform/errors.ts";
import { checkBatch } from "./check-batch.ts";
import { LIMITS, LogBatch } from "./contract.ts";

const good = {
  attempt: 1,
  batch: 1,
  steps: [1, 2],
  times: [10, 20],
  series: { loss: [1.5, null], lr: ["NaN", -0.5] },
  events: [{ kind: "note", step: 1, message: "Hello." }],
  lines: ["a line"],
};

function codeOf(json: unknown): string {
  try {
    checkBatch(json);
    return "accepted";
  } catch (error) {
    return error instanceof AppError ? error.code : `threw ${error}`;
  }
}

/** What the schema says, with the rule about lengths that a schema of columns cannot say. */
function schemaAccepts(json: unknown): boolean {
  const parsed = LogBatch.safeParse(json);
  if (!parsed.success) {
    return false;
  }
  const { steps, times, series } = parsed.data;
  return (
    (times.length === steps.length || times.length === 0) &&
    Object.values(series).every((column) => column.length === steps.length)
  );
}

const step = fc.oneof(
  { weight: 8, arbitrary: fc.nat() },
  fc.constantFrom<unknown>(
    -1,
    1.5,
    "3",
    null,
    2 ** 53,
    Number.MAX_SAFE_INTEGER,
    -0,
    true,
    [1],
    1e300,
  ),
);
const time = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 2e12, noNaN: true }) },
  fc.constantFrom<unknown>(-1, "1", null, 9e15, 253_402_300_799_999, 253_402_300_800_000),
);
const value = fc.oneof(
  { weight: 12, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  fc.constantFrom<unknown>(null, "NaN", "Infinity", "-Infinity", "nan", "1", true, [], {}),
);
const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("loss", "loss/infill", "损失", "a.b-c:d%e@f g", "_x") },
  fc.constantFrom("", "/a", " a", "a\n", "x".repeat(200), "x".repeat(201), "<b>", "-a"),
);
const batchOf = (rows: number) =>
  fc.record(
    {
      attempt: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) },
        fc.constantFrom<unknown>(0, 1.5, "1", null),
      ),
      batch: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) },
        fc.constantFrom<unknown>(0, -1, "2"),
      ),
      steps: fc.array(step, { minLength: rows, maxLength: rows }),
      times: fc.array(time, { minLength: rows, maxLength: rows }),
      series: fc.dictionary(key, fc.array(value, { minLength: rows, maxLength: rows }), {
        maxKeys: 4,
      }),
      events: fc.array(
        fc.record(
          {
            kind: fc.constantFrom<unknown>("note", "spike", "other", 1),
            step,
            time,
            message: fc.constantFrom<unknown>("Said.", "", 5),
            commandId: fc.constantFrom<unknown>("cmd_1", "x".repeat(41)),
          },
          { requiredKeys: ["kind", "step", "message"] },
        ),
        { maxLength: 2 },
      ),
      lines: fc.array(fc.constantFrom<unknown>("ok", "", 3), { maxLength: 3 }),
    },
    { requiredKeys: ["attempt", "batch", "steps"] },
  );

describe("checkBatch", () => {
  test("accepts and refuses what the published schema accepts and refuses", () => {
    const any = fc.nat(3).chain(batchOf);
    let accepted = 0;
    fc.assert(
      fc.property(any, (json) => {
        const mine = codeOf(json) === "accepted";
        accepted += mine ? 1 : 0;
        expect(mine).toBe(schemaAccepts(json));
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test("gives what the schema gives, and the number of points", () => {
    const { points, ...batch } = checkBatch(good);
    expect(batch).toEqual(LogBatch.parse(good));
    expect(points).toBe(3);
  });

  test("columns of another length than steps are refused", () => {
    expect(codeOf({ ...good, series: { loss: [1] } })).toBe("bad_request");
    expect(codeOf({ ...good, times: [1] })).toBe("bad_request");
  });

  test("what is too much is refused as too large", () => {
    const many = (n: number) => Array.from({ length: n }, () => 1);
    const keys = Object.fromEntries(many(10_000).map((_, i) => [`k${i}`, [1, 1]]));
    expect(codeOf({ ...good, series: keys })).toBe("too_large");
    expect(codeOf({ ...good, steps: many(LIMITS.stepsPerBatch + 1) })).toBe("too_large");
    expect(codeOf({ ...good, lines: many(LIMITS.linesPerBatch + 1).map(String) })).toBe(
      "too_large",
    );
    const wide = Object.fromEntries(many(101).map((_, i) => [`k${i}`, many(1_000)]));
    const tall = { ...good, steps: many(1_000), times: many(1_000), series: wide };
    expect(codeOf(tall)).toBe("too_large");
  });

  test("a key that objects built by assignment would lose is refused", () => {
    const json = JSON.parse('{"attempt":1,"batch":1,"steps":[1],"series":{"__proto__":[1]}}');
    expect(codeOf(json)).toBe("bad_request");
  });

  test("a long key does not come back whole in the message", () => {
    const long = { ...good, series: { ["x".repeat(10_000)]: [1, 2] } };
    expect(() => checkBatch(long)).toThrow(/10000 characters/);
    expect(codeOf(long)).toBe("bad_request");
    try {
      checkBatch(long);
    } catch (error) {
      expect((error as Error).message.length).toBeLessThan(400);
    }
  });

  test("an event's data is bounded in size and depth", () => {
    const event = (data: unknown) => ({ ...good, events: [{ ...good.events[0], data }] });
    expect(codeOf(event({ a: "x".repeat(20_000) }))).toBe("too_large");
    const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`);
    expect(codeOf(event(deep))).toBe("bad_request");
  });

  test.each([null, 1, "x", [], [[]]])("%j is no batch", (json) => {
    expect(codeOf(json)).toBe("bad_request");
  });
});
