import fc from "fast-check";
import { expect, test } from "vitest";
import { writeMeasures } from "./write-measures.ts";

test("measures are written as Prometheus reads them", () => {
  const values = [{ labels: { run: "base-2" }, value: 118_640 }];
  expect(writeMeasures([{ name: "cpm_run_step", help: "Newest step.", values }])).toBe(
    '# HELP cpm_run_step Newest step.\n# TYPE cpm_run_step gauge\ncpm_run_step{run="base-2"} 118640\n',
  );
});

test("whatever a run is called, its value stays one line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (run) => {
      const text = writeMeasures([
        { name: "m", help: "h", values: [{ labels: { run }, value: 1 }] },
      ]);
      expect(text.split("\n").length).toBe(4);
      expect(text).toMatch(/\} 1\n$/);
    }),
  );
});
