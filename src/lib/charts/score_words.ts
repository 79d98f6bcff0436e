import type { Interval } from '#lib/metrics/intervals.ts';
import { formatCount, formatScore } from '#lib/metrics/format.ts';
import type { ScoreEstimate, TooFew } from '#lib/qa/estimate.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import type { Translate } from '#lib/i18n/translate.ts';

/** How scores are written for one reader. */
export interface ScoreWords {
  t: Translate;
  locale: Locale;
}

/** Writes an estimate: 86.4, or that there are too few cases. */
export function scoreText({ t, locale }: ScoreWords, score: ScoreEstimate | TooFew): string {
  if (score.kind === 'estimate') return formatScore(score.mean, locale);
  return t('qualityResults.tooFew', { needed: score.needed, n: formatCount(score.n, locale) });
}

/** Writes the 95 % interval of a score: 83.1–89.0. */
export function intervalText({ locale }: ScoreWords, { low, high }: Interval): string {
  return `${formatScore(low, locale)}–${formatScore(high, locale)}`;
}

/** Says what stands behind an estimate: n and interval; nothing where there is none. */
export function scoreBasis({ t, locale }: ScoreWords, score: ScoreEstimate | TooFew): string {
  if (score.kind !== 'estimate') return '';
  const { low, high } = score.interval;
  const interval = t('qualityResults.interval', { low: formatScore(low, locale), high: formatScore(high, locale) });
  return `${t('qualityResults.n', { n: formatCount(score.n, locale) })} · ${interval}`;
}

/** Writes the share of cases at 0 with its interval; null where there are too few. */
export function zerosText({ t, locale }: ScoreWords, zeros: ScoreEstimate | TooFew): string | null {
  if (zeros.kind !== 'estimate') return null;
  const percent = (points: number): string => `${formatScore(points, locale)}%`;
  return t('qualityResults.zerosOf', {
    share: percent(zeros.mean),
    low: percent(zeros.interval.low),
    high: percent(zeros.interval.high),
  });
}
