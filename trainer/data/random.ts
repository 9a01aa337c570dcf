/** Four 32-bit words; enough to go on exactly where a generator stood. */
export type RandomState = [number, number, number, number];

/** The sfc32 generator (PractRand's small fast counting generator): seeded, quick, its state fits in a checkpoint. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  constructor(state: RandomState) {
    [this.a, this.b, this.c, this.counter] = state;
  }

  static fromSeed(seed: number): Random {
    const random = new Random([seed | 0, (seed / 2 ** 32) | 0, 0x9e3779b9 | 0, 1]);
    for (let i = 0; i < 15; i += 1) {
      random.next();
    }
    return random;
  }

  state(): RandomState {
    return [this.a, this.b, this.c, this.counter];
  }

  /** Uniform in [0, 1), in steps of 2⁻³². */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to n − 1. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** The numbers 0 to n − 1 in random order (Fisher and Yates). */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i -= 1) {
      const j = this.below(i + 1);
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
    return order;
  }
}
