// A limit for what comes a thousand times a second: uses are bought in blocks, with the one atomic statement of
// take-limit.ts, and a block is used up in memory. So counting costs a statement per block, not per use, and the sum over
// all processes still cannot pass the published number.
import type { Pool } from "../platform/pool.ts";
import { type LimitedAction, ruleOf } from "./limits.ts";
import { type LimitInput, type LimitState, takeLimit } from "./take-limit.ts";

/** Uses bought at once: at the fastest permitted pace ten statements a second. */
export const BLOCK_USES = 100;
/** Blocks kept at most; beyond, the one bought longest ago is forgotten. */
const MOST_BLOCKS = 10_000;

type Block = { left: number; until: number; state: LimitState };
type Use = Required<Pick<LimitInput, "actor" | "key" | "now">>;

export type BlockLimit = { take(use: Use): Promise<LimitState> };

export function createBlockLimit(pool: Pool, action: LimitedAction): BlockLimit {
  const blocks = new Map<string, Promise<Block>>();
  const lifeMs = ruleOf(action).seconds * 1000;
  const buy = ({ actor, key, now }: Use): Promise<Block> => {
    const bought = takeLimit(pool, { action, actor, key, now, uses: BLOCK_USES }).then((state) => ({
      left: BLOCK_USES,
      until: now + lifeMs,
      state,
    }));
    blocks.delete(key);
    blocks.set(key, bought);
    // A refusal is asked for again by the next use: meanwhile time may have passed.
    bought.catch(() => blocks.get(key) === bought && blocks.delete(key));
    if (blocks.size > MOST_BLOCKS) {
      blocks.delete(blocks.keys().next().value ?? key);
    }
    return bought;
  };
  return {
    take: async (use) => {
      for (;;) {
        const held = blocks.get(use.key) ?? buy(use);
        const block = await held;
        const fresh = block.until > use.now && use.now > block.until - 2 * lifeMs;
        if (block.left > 0 && fresh) {
          block.left -= 1;
          return { ...block.state, remaining: block.state.remaining + block.left };
        }
        if (blocks.get(use.key) === held) {
          blocks.delete(use.key);
        }
      }
    },
  };
}
