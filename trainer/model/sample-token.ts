import type { Random } from "./random.ts";

/**
 * Draws a token: logits are divided by the temperature, and of the softmax the smallest set of likeliest
 * tokens is kept whose probability reaches `topP` (nucleus sampling, Holtzman et al., arXiv 1904.09751).
 * Temperature 0 takes the likeliest token; of equal ones, the one with the lowest id.
 */
export function sampleToken(
  logits: Float32Array,
  options: { temperature: number; topP: number; random: Random },
): number {
  const order = Array.from(logits.keys()).sort(
    (a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b,
  );
  const [best = 0] = order;
  if (options.temperature === 0) {
    return best;
  }
  const highest = logits[best] ?? 0;
  const weights = order.map((token) =>
    Math.exp(((logits[token] ?? 0) - highest) / options.temperature),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kept = nucleus(weights, options.topP * total);
  let rest = options.random.uniform() * kept.mass;
  for (let i = 0; i < kept.count; i++) {
    rest -= weights[i] ?? 0;
    if (rest < 0) {
      return order[i] ?? best;
    }
  }
  return order[kept.count - 1] ?? best;
}

/** How many of the sorted weights reach the mass, and what they sum to; at least one. */
function nucleus(weights: number[], mass: number): { count: number; mass: number } {
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += weight;
    if (sum >= mass) {
      return { count: index + 1, mass: sum };
    }
  }
  return { count: weights.length, mass: sum };
}
