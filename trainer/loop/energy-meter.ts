import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const RAPL = "/sys/class/powercap";
const JOULES_PER_KWH = 3.6e6;
const MS_PER_HOUR = 3.6e6;

export type EnergyOptions = {
  /** Power of the whole machine while it trains, for where no counter can be read. */
  watts: number;
  kgCo2ePerKwh: number;
  pricePerKwh: number;
  pricePerHour: number;
};

/** What a run has used since its first step, over all its attempts and restarts. */
export type EnergyState = { joules: number; ms: number };

export type EnergyMeter = {
  /** True: read from the processor's counters; false: computed from the configured power. */
  measured: boolean;
  /** Adds what was used since the last call, which a step of that many milliseconds took. */
  add(stepMs: number): Record<string, number>;
  state(): EnergyState;
};

/** One counter of a processor package in microjoules; it starts again at 0 after `range`. */
export type EnergyCounter = { read: () => number; range: number };

/**
 * Energy from the processor's own counters (RAPL) where they can be read, else from the configured watts; carbon and
 * cost from the configured factors.
 */
export function createEnergyMeter(
  options: EnergyOptions,
  from: EnergyState,
  counters: EnergyCounter[] = findCounters(),
): EnergyMeter {
  const state = { ...from };
  let last = counters.map(({ read }) => read());
  const counted = (): number => {
    const now = counters.map(({ read }) => read());
    const joules = now.map((value, i) => {
      const change = value - (last[i] ?? value);
      return (change < 0 ? change + (counters[i]?.range ?? 0) : change) / 1e6;
    });
    last = now;
    return joules.reduce((sum, value) => sum + value, 0);
  };
  return {
    measured: counters.length > 0,
    add(stepMs) {
      const joules = counters.length > 0 ? counted() : (options.watts * stepMs) / 1000;
      state.joules += joules;
      state.ms += stepMs;
      const kwh = state.joules / JOULES_PER_KWH;
      return {
        "energy/kwh": kwh,
        "energy/co2e_kg": kwh * options.kgCo2ePerKwh,
        "energy/cost": kwh * options.pricePerKwh + (state.ms / MS_PER_HOUR) * options.pricePerHour,
        "energy/watts": (1000 * joules) / stepMs,
      };
    },
    state: () => ({ ...state }),
  };
}

/** The counters of whole packages; none where the system hides them, as it does from ordinary users. */
function findCounters(): EnergyCounter[] {
  try {
    return readdirSync(RAPL)
      .filter((name) => /^intel-rapl:\d+$/.test(name))
      .map((name) => openCounter(join(RAPL, name)));
  } catch {
    return [];
  }
}

function openCounter(directory: string): EnergyCounter {
  const number = (file: string): number => Number(readFileSync(join(directory, file), "utf8"));
  const range = number("max_energy_range_uj");
  number("energy_uj");
  return { read: () => number("energy_uj"), range };
}
