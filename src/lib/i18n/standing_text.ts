import type { Standing } from '#lib/metrics/goal.ts';
import type { Translate } from './translate.ts';

/** Says whether a target is met, and where it rests on a small sample that too. */
export function standingText(t: Translate, { isMet, isFew }: Standing): string {
  const text = t(isMet ? 'frame.number.met' : 'frame.number.unmet');
  return isFew ? t('frame.number.onFew', { standing: text }) : text;
}
