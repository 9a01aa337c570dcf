import { describe, expect, it } from "vitest";
import { formatBytes } from "./format-bytes.ts";

describe("formatBytes", () => {
  it("uses decimal units and three digits", () => {
    expect(formatBytes(0, "en")).toBe("0\u00a0B");
    expect(formatBytes(999, "en")).toBe("999\u00a0B");
    expect(formatBytes(1000, "en")).toBe("1\u00a0kB");
    expect(formatBytes(204_370_000, "en")).toBe("204\u00a0MB");
    expect(formatBytes(1_550_000_000_000, "en")).toBe("1.55\u00a0TB");
  });
});
