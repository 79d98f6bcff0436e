import type { Figure } from './figure.ts';
import { isSmallSample } from './reliability.ts';

/** What a contract asks of a KPI's headline: a fraction, or hours for a median time. */
export interface Bound {
  readonly sign: '≥' | '≤';
  readonly value: number;
}

/** What the contracts in force ask of a KPI: all the same; the same wherever they ask anything; or not the same. Null where none asks. */
export type Goal =
  | { readonly kind: 'one'; readonly bound: Bound }
  | { readonly kind: 'some'; readonly bound: Bound; readonly without: number; readonly contracts: number }
  | { readonly kind: 'mixed' }
  | null;

/** How a figure stands to a bound; on a small sample that is only indicative. */
export interface Standing {
  readonly isMet: boolean;
  readonly isFew: boolean;
}

/** Holds a figure against a bound, equality counting as met; null where nothing counted. */
export function standingOf({ sign, value }: Bound, { value: reached, n }: Figure): Standing | null {
  if (reached === null) return null;
  return { isMet: sign === '≥' ? reached >= value : reached <= value, isFew: isSmallSample(n) };
}

/** Whether a standing speaks for itself: unmet, and not on a small sample. */
export function isClearlyUnmet(standing: Standing | null): boolean {
  return standing !== null && !standing.isMet && !standing.isFew;
}
