import type { Chart } from '#lib/charts/chart.ts';
import { trendChart } from '#lib/charts/trend.ts';
import type { Words } from '#lib/charts/words.ts';
import { keyText } from '#lib/charts/words.ts';
import { intervalText, scoreBasis, scoreText } from '#lib/charts/score_words.ts';
import { formatCount, formatScore } from '#lib/metrics/format.ts';
import { addDays, monthPeriod } from '#lib/metrics/period.ts';
import { linkTo } from '#lib/links.ts';
import { type QualityResults, isUnfinished } from '#lib/server/quality/results.ts';

const fewestMonths = 4;

/** Draws the score by month with its interval, from the first month of which anything was drawn; months with too few cases are gaps. */
export function drawScoreTrend(words: Words, all: QualityResults['months'], params: URLSearchParams): Chart {
  const { t, locale } = words;
  const first = all.findIndex(({ drawn }) => drawn > 0);
  const months = first < 0 ? all : all.slice(Math.min(first, all.length - fewestMonths));
  const provisional = t('qualityResults.provisional');
  return trendChart({
    label: t('qualityResults.trend'),
    room: 'full',
    bounds: [0, 100],
    formatValue: (value) => formatScore(value, locale),
    formatKey: (month) => month.slice(2).replace('-', '/'),
    points: months.map(({ month, ...figure }) => {
      const { score } = figure;
      const { from, to } = monthPeriod(month);
      return {
        key: month,
        value: score.kind === 'estimate' ? score.mean : null,
        low: score.kind === 'estimate' ? score.interval.low : null,
        high: score.kind === 'estimate' ? score.interval.high : null,
        isFaint: isUnfinished(figure),
        tip:
          figure.drawn === 0
            ? ''
            : [
                `${keyText(words, 'month', month)}  ${scoreText(words, score)}`,
                ...[scoreBasis(words, score), isUnfinished(figure) ? provisional : ''].filter((line) => line !== ''),
              ].join('\n'),
        href: linkTo('/quality/results', params, { from, until: addDays(to, -1), card: params.get('card') }),
      };
    }),
    table: {
      head: [t('dimension.month'), t('qualityResults.score'), t('kpi.interval'), 'n', t('qualityResults.openHead')],
      rows: months
        .filter(({ drawn }) => drawn > 0)
        .map(({ month, score, open }) => [
          keyText(words, 'month', month),
          scoreText(words, score),
          score.kind === 'estimate' ? intervalText(words, score.interval) : '—',
          formatCount(score.n, locale),
          formatCount(open, locale),
        ]),
    },
  });
}
