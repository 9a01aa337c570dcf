// Which logged names each figure is read from: our trainer's first, then what others call the same.
import type { LatestValue } from "../metrics/latest-values.ts";
import type { RunDetail } from "../runs/contract.ts";
import type { RunProgress } from "./contract.ts";

const NAMES = {
  tokensPerSecond: ["throughput/tokens_per_second", "tokens_per_second", "train/tokens_per_second"],
  perDevice: ["throughput/tokens_per_second_per_device", "tokens_per_second_per_device"],
  mfu: ["efficiency/mfu", "mfu", "train/mfu"],
  devices: ["devices", "cluster/devices", "world_size"],
  powerWatts: ["energy/watts", "power_watts"],
  energyKwh: ["energy/kwh", "energy_kwh"],
  co2eKg: ["energy/co2e_kg", "co2e_kg"],
  cost: ["energy/cost", "cost"],
  dataGb: ["data_gb", "data/gb"],
  percent: ["progress_pct", "progress_percent"],
} as const;

type Latest = ReadonlyMap<string, LatestValue>;

/** The newest finite value under the first of these names that the run logs. */
export function newestOf(latest: Latest, figure: keyof typeof NAMES): number | null {
  const found = NAMES[figure].map((name) => latest.get(name)?.value).find(isNumber);
  return found ?? null;
}

type Figures = Pick<
  RunProgress,
  | "tokensPerSecond"
  | "tokensPerSecondPerDevice"
  | "mfu"
  | "devices"
  | "powerWatts"
  | "energyKwh"
  | "co2eKg"
  | "cost"
  | "dataGb"
>;

/** What the run has used and how fast it is; devices may also stand in its configuration. */
export function figuresOf(latest: Latest, config: RunDetail["config"]): Figures {
  const tokensPerSecond = newestOf(latest, "tokensPerSecond");
  const devices = newestOf(latest, "devices") ?? devicesIn(config);
  const share = tokensPerSecond !== null && devices !== null ? tokensPerSecond / devices : null;
  const cost = newestOf(latest, "cost");
  return {
    tokensPerSecond,
    tokensPerSecondPerDevice: newestOf(latest, "perDevice") ?? share,
    mfu: newestOf(latest, "mfu"),
    devices,
    powerWatts: newestOf(latest, "powerWatts"),
    energyKwh: newestOf(latest, "energyKwh"),
    co2eKg: newestOf(latest, "co2eKg"),
    cost: cost === null ? null : { value: cost, currency: currencyIn(config) },
    dataGb: newestOf(latest, "dataGb"),
  };
}

function devicesIn(config: RunDetail["config"]): number | null {
  const found = [config["devices"], config["world_size"]].find(
    (value) => isNumber(value) && value >= 1,
  );
  return found === undefined ? null : Number(found);
}

function currencyIn(config: RunDetail["config"]): string | null {
  const efficiency = config["efficiency"];
  const nested =
    typeof efficiency === "object" && efficiency !== null && "currency" in efficiency
      ? efficiency.currency
      : undefined;
  const currency = nested ?? config["currency"];
  return typeof currency === "string" ? currency.slice(0, 12) : null;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
