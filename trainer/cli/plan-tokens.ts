import { createBatchStream } from "../data/batch-stream.ts";
import { mixInForce } from "../data/draw-weights.ts";
import { countBatch } from "../data/pack-rows.ts";
import type { Corpus } from "../data/prepare-corpus.ts";
import { shapeAt } from "../loop/open-shaped.ts";
import type { RunConfig } from "../recipes/run-config.ts";

const BATCHES = 20;

/** How many tokens the plan will see: rows are not filled to the brim, so a few batches of each stage are packed and counted. */
export function planTokens(config: RunConfig, corpus: Corpus): number {
  let total = 0;
  for (const [i, stage] of config.stages.entries()) {
    const shape = shapeAt(config, stage.fromStep + 1);
    const stream = createBatchStream({ datasets: corpus.train, shape, seed: config.seed });
    const mix = mixInForce(stage.mix, null, stream.drawable());
    const counted = Array.from({ length: BATCHES }, () => countBatch(stream.next(mix)).tokens);
    const mean = counted.reduce((sum, tokens) => sum + tokens, 0) / BATCHES;
    const end = config.stages[i + 1]?.fromStep ?? config.steps;
    total += mean * (end - stage.fromStep);
  }
  return Math.round(total);
}
