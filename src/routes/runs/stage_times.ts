import type { Translate } from '#lib/i18n/translate.ts';
import { formatDuration } from '#lib/metrics/format.ts';
import type { Locale } from '#lib/metrics/registry.ts';
import { roundedParts } from '#lib/metrics/rounding.ts';
import type { StageShare } from '#lib/server/run_summary.ts';

/** The stages of a run in their order, and what belongs to none. */
export const stageOrder = ['extract', 'clean', 'model', 'kpis', 'checks', 'publish', 'other'] as const;

const tenthsBelow = 60;

/** One stage as it is written: seconds and share are rounded so that those of all stages add up. */
export interface StageTime extends StageShare {
  share: number;
}

/** Adds up the stages of a run. */
export function wholeOf(stages: readonly StageShare[]): number {
  return stages.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Rounds the stages of a run together, to tenths of a second where it took less than a minute, else to seconds. */
export function stageTimes(stages: readonly StageShare[]): StageTime[] {
  const whole = wholeOf(stages);
  const seconds = roundedParts(
    stages.map((one) => one.seconds),
    whole < tenthsBelow ? 0.1 : 1,
  );
  const shares = roundedParts(
    stages.map((one) => one.seconds / whole),
    0.01,
  );
  return stages.map(({ stage }, index) => ({ stage, seconds: seconds[index] ?? 0, share: shares[index] ?? 0 }));
}

/** Writes how long a run or a part of it took, as finely as its whole is written; null as —. */
export function timeText(t: Translate, locale: Locale, seconds: number | null, whole: number): string {
  return seconds !== null && whole < tenthsBelow
    ? t('run.seconds', { seconds: seconds.toFixed(1) })
    : formatDuration(seconds, locale);
}
