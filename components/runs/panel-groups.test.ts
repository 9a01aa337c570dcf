import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupPanels } from "./panel-groups.ts";

describe("groupPanels", () => {
  it("puts metrics of one prefix together and known groups first", () => {
    const keys = [
      "zeta",
      "batch/token_fill",
      "lr",
      "loss",
      "loss/infill",
      "alpha/x",
      "tokens",
      "eval/loss",
    ];
    expect(groupPanels(keys)).toEqual([
      { id: "loss", prefix: "loss", keys: ["loss", "loss/infill"] },
      { id: "eval loss", prefix: "eval", keys: ["eval/loss"] },
      { id: "lr", prefix: null, keys: ["lr"] },
      { id: "batch", prefix: "batch", keys: ["batch/token_fill"] },
      { id: "alpha", prefix: "alpha", keys: ["alpha/x"] },
      { id: "zeta", prefix: null, keys: ["zeta"] },
    ]);
  });

  it("keeps metrics of another unit or measure apart, however near their names are", () => {
    const keys = ["energy/kwh", "energy/watts", "time/a_ms", "time/b_ms", "time/share"];
    expect(groupPanels([...keys, "eval/loss", "eval/loss/zh", "eval/accuracy"])).toEqual([
      { id: "eval accuracy", prefix: "eval", keys: ["eval/accuracy"] },
      { id: "eval loss", prefix: "eval", keys: ["eval/loss", "eval/loss/zh"] },
      { id: "time", prefix: "time", keys: ["time/share"] },
      { id: "time ms", prefix: "time", keys: ["time/a_ms", "time/b_ms"] },
      { id: "energy kwh", prefix: "energy", keys: ["energy/kwh"] },
      { id: "energy watts", prefix: "energy", keys: ["energy/watts"] },
    ]);
  });

  it("shows every metric exactly once, six to a panel at most, under names that differ", () => {
    const key = fc
      .constantFrom("a", "b")
      .chain((p) => fc.integer({ min: 0, max: 30 }).map((n) => (n === 0 ? p : `${p}/${n}`)));
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const groups = groupPanels(keys);
        expect(groups.flatMap((group) => group.keys).sort()).toEqual([...new Set(keys)].sort());
        expect(Math.max(0, ...groups.map((group) => group.keys.length))).toBeLessThanOrEqual(6);
        expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
      }),
    );
  });
});
