export type YScale = "linear" | "log";

/** A value to a pixel and back. */
export type Scale = {
  domain: readonly [number, number];
  range: readonly [number, number];
  px: (value: number) => number;
  value: (px: number) => number;
};

/** Maps a domain to pixels, evenly or by logarithm; an empty domain falls on the range's beginning. */
export function makeScale(
  domain: readonly [number, number],
  range: readonly [number, number],
  kind: YScale = "linear",
): Scale {
  const go = kind === "log" ? Math.log : (value: number): number => value;
  const back = kind === "log" ? Math.exp : (value: number): number => value;
  const [low, high] = [go(domain[0]), go(domain[1])];
  const span = high - low || 1;
  const width = range[1] - range[0];
  return {
    domain,
    range,
    px: (value) => range[0] + ((go(value) - low) / span) * width,
    value: (px) => back(low + ((px - range[0]) / (width || 1)) * span),
  };
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value));
