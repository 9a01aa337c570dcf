/** Metrics that the portal knows by name. Anything else is shown as the trainer calls it. */
export const KNOWN_METRICS = {
  loss: "loss",
  "loss/continuation": "lossContinuation",
  "loss/infill": "lossInfill",
  "eval/loss": "evalLoss",
  "eval/loss/continuation": "evalContinuation",
  "eval/loss/infill": "evalInfill",
  lr: "lr",
  grad_norm: "gradNorm",
  tokens: "tokens",
  "throughput/tokens_per_second": "tokensPerSecond",
  "time/step_ms": "stepTime",
  "time/data_ms": "dataTime",
  "time/execute_ms": "executeTime",
  "memory/rss_gib": "memory",
  "batch/token_fill": "tokenFill",
  "batch/mask_fill": "maskFill",
  "throughput/gflops": "gflops",
  "time/optimizer_ms": "optimizerTime",
  "efficiency/mfu": "mfu",
  "energy/watts": "power",
  "energy/kwh": "energy",
  "energy/co2e_kg": "co2e",
  "energy/cost": "cost",
  "eval/accuracy": "accuracy",
  data_gb: "dataGb",
  progress_pct: "progress",
} as const;

/** Titles of the wall's groups. */
export const KNOWN_GROUPS = {
  loss: "loss",
  eval: "eval",
  throughput: "throughput",
  time: "time",
  memory: "memory",
  batch: "batch",
  energy: "energy",
  efficiency: "efficiency",
} as const;

/** Units by the end of a metric's name. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/_ms$/, "ms"],
  [/_gib$/, "GiB"],
  [/_gb$/, "GB"],
  [/_pct$/, "%"],
  [/_(s|seconds)$/, "s"],
  [/[_/]watts?$/, "W"],
  [/[_/]kwh$/, "kWh"],
  [/[_/]kg$/, "kg"],
  [/[_/]gflops$/, "GFLOP/s"],
];

export function unitOf(keys: readonly string[]): string | undefined {
  const units = keys.map((key) =>
    key.endsWith("_per_second") ? undefined : UNITS.find(([end]) => end.test(key))?.[1],
  );
  return units.every((unit) => unit === units[0]) ? units[0] : undefined;
}
