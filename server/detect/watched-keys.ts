// What the detectors look at: the names that our trainer uses first, then what other trainers call the same.
const LOSS = ["loss", "train/loss", "train_loss", "training/loss"];
const RATE = ["lr", "learning_rate", "train/lr", "train/learning_rate"];
const SPEED = ["throughput/tokens_per_second", "tokens_per_second", "train/tokens_per_second"];
const WEIGHT = "data/weight/";

export type Watched = {
  loss: string | null;
  rate: string | null;
  speed: string | null;
  weights: string[];
};

/** Which of these keys each detector reads. */
export function watchedKeys(keys: readonly string[]): Watched {
  const known = new Set(keys);
  const first = (names: string[]) => names.find((name) => known.has(name)) ?? null;
  return {
    loss: first(LOSS),
    rate: first(RATE),
    speed: first(SPEED),
    weights: keys.filter((key) => key.startsWith(WEIGHT)),
  };
}
