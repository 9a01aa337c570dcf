import { describe, expect, it } from "vitest";
import { FinishRun, LogBatch, OpenAttempt, StartRun } from "#server/runs/contract.ts";
import {
  EXAMPLE_ATTEMPT,
  EXAMPLE_BATCH,
  EXAMPLE_FINISH,
  EXAMPLE_RUN,
  examples,
} from "./examples.ts";

describe("the examples of the API page", () => {
  it("pass the very schemas that the API checks with", () => {
    expect(StartRun.safeParse(EXAMPLE_RUN).success).toBe(true);
    expect(OpenAttempt.safeParse(EXAMPLE_ATTEMPT).success).toBe(true);
    expect(LogBatch.safeParse(EXAMPLE_BATCH).success).toBe(true);
    expect(FinishRun.safeParse(EXAMPLE_FINISH).success).toBe(true);
  });

  it("name the server that shows them", () => {
    const text = examples("https://train.example")
      .map(({ commands }) => commands)
      .join("\n");
    expect(text).toContain("https://train.example/api/v1/runs/$RUN/log");
    expect(text).not.toContain("localhost");
  });
});
