const NORMALS = Float64Array.from({ length: 4096 }, (_, k) => normalQuantile((k + 0.5) / 4096));

/** Seeded sfc32 generator that can be re-seeded in place, one per named stream; not for secrets. */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 1;
  private readonly seed: number;
  private readonly name: number;

  constructor(seed: number, name: string) {
    this.seed = hashText(String(seed));
    this.name = hashText(name);
    this.restart(0);
  }

  /** Starts the stream of one index, so that a case draws the same numbers whatever was drawn before it. */
  restart(index: number): void {
    this.a = this.seed;
    this.b = this.name;
    this.c = index | 0;
    this.d = 1;
    for (let k = 0; k < 10; k++) this.bits();
  }

  /** Returns 32 random bits as an unsigned integer. */
  bits(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Returns a number in [0, 1). */
  unit(): number {
    return this.bits() / 4294967296;
  }

  /** Returns an integer in [0, count). */
  below(count: number): number {
    return Math.floor((this.bits() / 4294967296) * count);
  }

  /** Returns an integer from low to high, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** Returns true with the given probability. */
  chance(probability: number): boolean {
    return this.bits() < probability * 4294967296;
  }

  /** Returns one of the items, all equally likely; throws on an empty list. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** Returns an index with probability proportional to its weight. */
  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const weight of weights) total += weight;
    let left = this.unit() * total;
    for (let k = 0; k < weights.length; k++) {
      left -= weights[k] ?? 0;
      if (left < 0) return k;
    }
    return weights.length - 1;
  }

  /** Returns a whole number of seconds (at least 1), log-normal around a median in seconds. */
  seconds(median: number, sigma: number): number {
    const z = NORMALS[this.bits() & 4095] ?? 0;
    return Math.max(1, Math.round(median * Math.exp(sigma * z)));
  }
}

/** Hashes text to 32 bits (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193);
  return hash | 0;
}

/** Returns the standard normal quantile by bisection on the logistic-like approximation of its distribution, good to 1e-3. */
function normalQuantile(p: number): number {
  let low = -5;
  let high = 5;
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    if (1 / (1 + Math.exp(-0.07056 * middle ** 3 - 1.5976 * middle)) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
