import { describe, expect, it } from "vitest";
import type { RunListItem } from "#server/runs/contract.ts";
import { pickOnAir } from "./pick-on-air.ts";

const run = (id: string, part: Partial<RunListItem>): RunListItem => ({
  id,
  project: "p",
  name: id,
  status: "finished",
  step: 0,
  tokens: null,
  updatedAt: 0,
  createdAt: 0,
  archived: false,
  ...part,
});

describe("pickOnAir", () => {
  it("prefers a run that speaks over one that spoke later and ended", () => {
    const runs = [
      run("ended", { updatedAt: 9 }),
      run("speaking", { updatedAt: 5, status: "live" }),
    ];
    expect(pickOnAir(runs)?.id).toBe("speaking");
  });

  it("takes the newest of those that speak, else of those that spoke", () => {
    const speaking = [
      run("a", { updatedAt: 1, status: "live" }),
      run("b", { updatedAt: 2, status: "quiet" }),
    ];
    expect(pickOnAir(speaking)?.id).toBe("b");
    const silent = [
      run("a", { updatedAt: 1, status: "stalled" }),
      run("b", { updatedAt: 2, status: "waiting" }),
    ];
    expect(pickOnAir(silent)?.id).toBe("a");
  });

  it("never takes an archived history", () => {
    expect(pickOnAir([run("old", { archived: true })])).toBeNull();
    expect(pickOnAir([])).toBeNull();
  });
});
