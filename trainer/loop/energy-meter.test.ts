import { expect, test } from "vitest";
import { createEnergyMeter } from "./energy-meter.ts";

const OPTIONS = { watts: 90, kgCo2ePerKwh: 0.5, pricePerKwh: 2, pricePerHour: 3 };
const NOTHING = { joules: 0, ms: 0 };

test("without counters energy is power times time, and carbon and cost follow from it", () => {
  const meter = createEnergyMeter(OPTIONS, NOTHING, []);
  meter.add(3_600_000);
  expect(meter.measured).toBe(false);
  expect(meter.add(3_600_000)).toEqual({
    "energy/kwh": 0.18,
    "energy/co2e_kg": 0.09,
    "energy/cost": 0.36 + 6,
    "energy/watts": 90,
  });
});

test("counters are summed over the packages, also where one starts again at zero", () => {
  const readings = [
    [100e6, 900e6],
    [150e6, 950e6],
    [200e6, 20e6],
  ];
  let at = 0;
  const counter = (package_: number) => ({
    range: 1000e6,
    read: () => readings[Math.floor(at++ / 2)]?.[package_] ?? 0,
  });
  const meter = createEnergyMeter(OPTIONS, NOTHING, [counter(0), counter(1)]);
  expect(meter.measured).toBe(true);
  meter.add(1000);
  expect(meter.state().joules).toBeCloseTo(100, 6);
  meter.add(1000);
  expect(meter.state().joules).toBeCloseTo(100 + 50 + 70, 6);
});

test("a meter goes on from what an earlier process had counted", () => {
  const first = createEnergyMeter(OPTIONS, NOTHING, []);
  first.add(1000);
  const second = createEnergyMeter(OPTIONS, first.state(), []);
  second.add(1000);
  expect(second.state()).toEqual({ joules: 180, ms: 2000 });
});
