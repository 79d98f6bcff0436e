import type { Words } from '#lib/charts/words.ts';
import { keyText } from '#lib/charts/words.ts';
import type { ScoreEstimate, TooFew } from '#lib/qa/estimate.ts';
import { type Cell, byteOrderMark, csvLine } from '#lib/server/csv.ts';
import {
  type QualityFigure,
  type QualityResults,
  isUnfinished,
  resultDimensions,
} from '#lib/server/quality/results.ts';

const rounded = (value: number): number => Math.round(value * 100) / 100;

function numbers(estimate: ScoreEstimate | TooFew): Cell[] {
  if (estimate.kind === 'too_few') return [null, null, null];
  return [estimate.mean, estimate.interval.low, estimate.interval.high].map(rounded);
}

/** Writes results as CSV for spreadsheets: the whole, months, then each key with its numbers; none where there are too few cases. */
export function resultsCsv({ t, locale, names }: Words, results: QualityResults): string {
  const line = (what: string, name: string, figure: QualityFigure, group: number | null = null): string =>
    csvLine([
      what,
      name,
      figure.score.n,
      figure.open,
      ...numbers(figure.score),
      ...numbers(figure.zeros),
      group,
      isUnfinished(figure) ? t('qualityResults.provisional') : '',
    ]);
  const score = t('qualityResults.score');
  const zeros = `${t('qualityResults.zeros')} %`;
  const bounds = (name: string): string[] => [name, `${name} 95% ↓`, `${name} 95% ↑`];
  return [
    byteOrderMark,
    csvLine([
      t('kpi.key'),
      t('qualityResults.name'),
      t('qualityResults.scored'),
      t('qualityResults.openHead'),
      ...bounds(score),
      ...bounds(zeros),
      t('qualityResults.group'),
      t('kpi.note'),
    ]),
    line(t('kpi.total'), results.cards[0].name[locale], results.overall),
    ...results.months.filter(({ drawn }) => drawn > 0).map((one) => line(t('dimension.month'), one.month, one)),
    ...resultDimensions.flatMap((dimension) =>
      results.by[dimension].map((one) =>
        line(t(`dimension.${dimension}`), keyText({ t, locale, names }, dimension, one.key), one, one.group),
      ),
    ),
  ].join('');
}
