import { adjustLogits } from "./adjust-logits.ts";
import { layOut, type TextOptions } from "./generate.ts";

/** A text under way: its tokens, the sum of their log-probabilities, and the decoder's row that holds it. */
type Beam = { tokens: number[]; logProbability: number; row: number };

/**
 * The likeliest text that a search over as many beams as the decoder has rows finds; a text's score is the mean of its
 * tokens' log-probabilities, the end mark's among them. Ends when no text under way can beat the worst of the finished.
 */
export async function beamSearch(options: TextOptions): Promise<number[]> {
  const { decoder, config, eos } = options;
  const width = decoder.rows;
  const { batch, room } = layOut(options);
  const first = await decoder.begin(batch);
  let beams: Beam[] = [{ tokens: [], logProbability: 0, row: 0 }];
  let logits = [first];
  let finished: { tokens: number[]; score: number }[] = [];
  for (let length = 1; length <= room; length++) {
    const candidates = beams
      .flatMap((beam, i) => continuations(beam, logits[i] ?? new Float32Array(), options))
      .sort((a, b) => b.logProbability - a.logProbability || a.row - b.row);
    const [ended, open] = split(candidates, eos, width);
    finished = [...finished, ...ended.map((beam) => finish(beam, eos))]
      .sort((a, b) => b.score - a.score)
      .slice(0, width);
    beams = open;
    const best = beams[0];
    const worst = finished[width - 1];
    if (
      best === undefined ||
      (worst !== undefined && best.logProbability / length <= worst.score)
    ) {
      break;
    }
    if (length < room) {
      logits = await extendAll(options, beams);
      beams = beams.map((beam, row) => ({ ...beam, row }));
    }
  }
  const all = [...finished, ...beams.map((beam) => finish(beam, eos))];
  return all.sort((a, b) => b.score - a.score)[0]?.tokens ?? [];

  async function extendAll({ decoder: rows }: TextOptions, open: Beam[]): Promise<Float32Array[]> {
    // Fewer texts than rows, as after the first token of a small vocabulary: the last one fills up.
    const filled = Array.from({ length: width }, (_, i) => open[Math.min(i, open.length - 1)]);
    const flat = await rows.extend(
      filled.map((beam) => beam?.tokens.at(-1) ?? 0),
      filled.map((beam) => beam?.row ?? 0),
    );
    const size = config.vocab_size;
    return open.map((_, row) => flat.slice(row * size, (row + 1) * size));
  }
}

/** The beam with each of its likeliest next tokens; twice the width, since up to a width of them may be end marks. */
function continuations(beam: Beam, logits: Float32Array, options: TextOptions): Beam[] {
  adjustLogits(logits, beam.tokens, options);
  const highest = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0);
  const shift = highest + Math.log(total);
  return Array.from(logits.keys())
    .sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b)
    .slice(0, 2 * options.decoder.rows)
    .map((token) => ({
      tokens: [...beam.tokens, token],
      logProbability: beam.logProbability + (logits[token] ?? 0) - shift,
      row: beam.row,
    }))
    .filter(({ logProbability }) => logProbability > Number.NEGATIVE_INFINITY);
}

function split(candidates: Beam[], eos: number, width: number): [ended: Beam[], open: Beam[]] {
  const isEnd = ({ tokens }: Beam): boolean => tokens.at(-1) === eos;
  const ended = candidates.slice(0, width).filter(isEnd);
  return [ended, candidates.filter((beam) => !isEnd(beam)).slice(0, width)];
}

function finish(
  { tokens, logProbability }: Beam,
  eos: number,
): { tokens: number[]; score: number } {
  const score = logProbability / tokens.length;
  return { tokens: tokens.at(-1) === eos ? tokens.slice(0, -1) : tokens, score };
}
