import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/**
 * Makes a generator of whole numbers from 0 to below `size`, all equally likely: xoroshiro128+ (Blackman & Vigna 2018) whose state
 * is the first 128 bits of the seed's SHA-256. It resamples; which cases are reviewed is decided by `drawOrder`.
 */
export function randomIndexes(seed: string): (size: number) => number {
  const bytes = new DataView(sha256(utf8ToBytes(seed)).buffer);
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => bytes.getInt32(offset)));
  return (size) => uniformInt(generator, 0, size - 1);
}
