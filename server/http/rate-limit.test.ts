import { expect, test } from "vitest";
import { AppError } from "../platform/errors.ts";
import { createRateLimit } from "./rate-limit.ts";

test("a key may use its burst, then gains uses by the clock; another key has its own", () => {
  let now = 0;
  const limit = createRateLimit({ perSecond: 0.5, burst: 2, clock: () => now, what: "tries" });
  limit.take("a");
  limit.take("a");
  expect(() => limit.take("a")).toThrow(/Wait 2 s/);
  limit.take("b");
  now = 1_999;
  expect(() => limit.take("a")).toThrow(AppError);
  now = 2_000;
  limit.take("a");
  expect(() => limit.take("a")).toThrow(AppError);
});

test("the refusal says how long to wait", () => {
  const limit = createRateLimit({ perSecond: 0.1, burst: 1, clock: () => 0, what: "tries" });
  limit.take("a");
  try {
    limit.take("a");
    expect.unreachable();
  } catch (error) {
    expect((error as AppError).details).toEqual({ retryAfterSeconds: 10 });
  }
});

test("a clock that goes back takes nothing away", () => {
  let now = 10_000;
  const limit = createRateLimit({ perSecond: 1, burst: 2, clock: () => now, what: "tries" });
  limit.take("a");
  now = 0;
  limit.take("a");
  expect(() => limit.take("a")).toThrow(AppError);
});
