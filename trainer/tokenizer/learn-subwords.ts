type Word = { parts: string[]; count: number };

/**
 * Sub-words of [A-Za-z0-9] runs by byte-pair encoding: the most frequent pair of neighbours is joined, again and
 * again. Ties go to the pair that sorts first, so the same counts always give the same list. Characters themselves
 * are not in the result.
 */
export function learnSubwords(counts: Map<string, number>, wanted: number): string[] {
  const words: Word[] = [...counts].map(([word, count]) => ({ parts: [...word], count }));
  const pairs = new PairTable();
  words.forEach((word, index) => {
    pairs.add(word, index, 1);
  });
  const learned = new Set<string>();
  while (learned.size < wanted) {
    const best = pairs.best();
    if (best === null) {
      break;
    }
    for (const index of pairs.wordsOf(best)) {
      const word = words[index];
      if (word !== undefined) {
        pairs.add(word, index, -1);
        word.parts = join(word.parts, best);
        pairs.add(word, index, 1);
      }
    }
    pairs.forget(best);
    learned.add(best.replace("\t", ""));
  }
  return [...learned];
}

function join(parts: string[], pair: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] ?? "";
    const next = parts[i + 1];
    if (next !== undefined && `${part}\t${next}` === pair) {
      out.push(part + next);
      i += 1;
    } else {
      out.push(part);
    }
  }
  return out;
}

/** How often each pair of neighbours occurs, and in which words; a pair's key is its two parts around a tab. */
class PairTable {
  private readonly totals = new Map<string, number>();
  private readonly places = new Map<string, Set<number>>();

  add(word: Word, index: number, sign: 1 | -1): void {
    for (let i = 0; i + 1 < word.parts.length; i += 1) {
      const pair = `${word.parts[i]}\t${word.parts[i + 1]}`;
      this.totals.set(pair, (this.totals.get(pair) ?? 0) + sign * word.count);
      if (sign === 1) {
        const places = this.places.get(pair);
        if (places === undefined) {
          this.places.set(pair, new Set([index]));
        } else {
          places.add(index);
        }
      }
    }
  }

  /** The most frequent pair that occurs at least twice; a linear scan, which is quick enough for a few thousand merges. */
  best(): string | null {
    let best: string | null = null;
    let most = 1;
    for (const [pair, total] of this.totals) {
      if (total > most || (total === most && best !== null && pair < best)) {
        best = pair;
        most = total;
      }
    }
    return best;
  }

  wordsOf(pair: string): number[] {
    return [...(this.places.get(pair) ?? [])];
  }

  forget(pair: string): void {
    this.totals.delete(pair);
    this.places.delete(pair);
  }
}
