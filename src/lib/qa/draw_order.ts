import type { Hash } from './hash.ts';

/**
 * Puts cases in the order in which a seed draws them: by SHA-256 of the seed, a line feed and the case id.
 *
 * The hash is the generator: as good as uniform random numbers, one for each case and independent of all others (permanent
 * random numbers, Ohlsson 1995; with SHA-256, Rivest's consistent sampler, arXiv:1808.10016). The first n are a simple random
 * sample without replacement, within any stratum too, the next one is the next draw, and a case that joins or leaves the
 * population later moves no other. Whoever has seed and ids can check it with `sha256sum`.
 */
export function drawOrder<T extends { readonly caseId: string }>(cases: readonly T[], seed: string, hash: Hash): T[] {
  const keyed = cases.map((one) => ({ key: hash(`${seed}\n${one.caseId}`), one }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.map(({ one }) => one);
}
