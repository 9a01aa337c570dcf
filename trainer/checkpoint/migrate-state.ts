import { z } from "zod";

const Versioned = z.looseObject({ formatVersion: z.int() });
const FirstConfig = z.looseObject({
  data: z.looseObject({ sources: z.array(z.string()).optional() }),
});

/** What the names of the first version's sources stood for. */
const FIRST_SOURCES: Record<string, { name: string; share: number }> = {
  "tang-poems": { name: "chinese", share: 0.7 },
  "state-of-the-union": { name: "english", share: 0.5 },
  "moby-dick": { name: "english", share: 1 },
  "built-in-chinese": { name: "chinese", share: 1 },
  "built-in-english": { name: "english", share: 1 },
};

/** What a run of the first version used is not known; from here on it is counted as the demo's machine. */
const FIRST_EFFICIENCY = {
  peakGflops: null,
  watts: 65,
  kgCo2ePerKwh: 0.5366,
  pricePerKwh: 0.55,
  pricePerHour: 0,
  currency: "CNY",
};

type State = z.infer<typeof Versioned>;

/** From each version to the one after it. A new version adds a line here and keeps the others. */
const STEPS: ReadonlyMap<number, (state: State) => State> = new Map([
  [1, fromFirst],
  [2, fromSecond],
]);

/** Brings the state of an older checkpoint to the present form; what is of the present one stays as it is. */
export function migrateState(state: unknown): unknown {
  let current = Versioned.parse(state);
  for (;;) {
    const step = STEPS.get(current.formatVersion);
    if (step === undefined) {
      return current;
    }
    current = step(current);
  }
}

/** Version 1 knew no commands that change the numbers, no energy, no accumulation and no shares of datasets. */
function fromFirst(state: State): State {
  const config = FirstConfig.parse(state["config"]);
  const { sources, ...data } = config.data;
  const datasets = sources?.map((source) => ({ source, ...FIRST_SOURCES[source] }));
  return {
    ...state,
    formatVersion: 2,
    steering: { rateFactor: 1, weights: null },
    spikes: {},
    energy: { joules: 0, ms: 0 },
    config: {
      ...config,
      data: datasets === undefined ? data : { ...data, datasets },
      accumulate: 1,
      inspectEvery: config["evalEvery"],
      efficiency: FIRST_EFFICIENCY,
    },
  };
}

const SecondData = z.looseObject({
  sources: z.record(z.string(), z.looseObject({ epoch: z.int(), index: z.int() })),
});

/** Version 2 seeded each source's orders by its place in the list, and did not say of how many pieces a round was. */
function fromSecond(state: State): State {
  const data = SecondData.parse(state["data"]);
  const { seed } = z.looseObject({ seed: z.int() }).parse(state["config"]);
  const sources = Object.entries(data.sources).map(
    ([name, place], i) => [name, { ...place, seed: seed + 7919 * (i + 1), samples: null }] as const,
  );
  return {
    ...state,
    formatVersion: 3,
    data: { ...data, sources: Object.fromEntries(sources) },
  };
}
