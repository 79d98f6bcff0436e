import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { translator } from '#lib/i18n/translator.ts';
import { histogramChart } from '#lib/charts/histogram.ts';
import { kpiComparison } from '#lib/charts/kpi_comparison.ts';
import { figureOf } from '#lib/metrics/figure.ts';
import { standingOf } from '#lib/metrics/goal.ts';
import { metricOf } from '#lib/metrics/registry.ts';

const words = { t: translator('zh-CN'), locale: 'zh-CN', names: {} } as const;
const metric = metricOf('first_response');

/** The texts of a drawing as people read them, and what they see when pointing at it. */
function read(svg: string): { texts: string[]; tips: string[] } {
  const { document } = parseHTML(svg);
  const all = (name: string): string[] => [...document.querySelectorAll(name)].map(({ textContent }) => textContent);
  return { texts: all('text'), tips: all('title') };
}

test('a comparison marks as unmet only what rests on enough cases', () => {
  const bound = { sign: '≥', value: 0.95 } as const;
  const keys = [
    { key: 'many', numerator: 81, denominator: 100 },
    { key: 'few', numerator: 17, denominator: 21 },
    { key: 'good', numerator: 99, denominator: 100 },
    { key: 'none', numerator: 0, denominator: 0 },
  ].map(({ key, ...counts }) => {
    const counted = { ...counts, pending: 0 };
    return {
      key,
      counted,
      before: null,
      target: { value: 0.95, standing: standingOf(bound, figureOf(metric, counted)) },
    };
  });
  const { texts, tips } = read(kpiComparison(words, { metric, dimension: 'vendor', keys, hrefOf: () => '/' }).wide);
  expect(texts.filter((text) => /81\.0%$|99\.0%$/.test(text))).toEqual(
    expect.arrayContaining(['▼ 81.0%', '81.0%', '99.0%']),
  );
  const targets = tips.map((tip) => tip.split('\n').find((line) => line.startsWith('目标')));
  expect(targets).toEqual(['目标 95.0% 未达标', '目标 95.0% 未达标（样本少）', '目标 95.0% 达标', '目标 95.0%']);
});

test('a distribution names what its axes count', () => {
  const bins = [{ name: '＜1', rows: 3, met: 3, tip: '' }];
  const options = { label: '', table: { head: [], rows: [] }, bins, marks: [] };
  const { texts } = read(histogramChart({ ...options, axes: { along: '次数', upwards: '售后单数' } }).narrow);
  expect(texts).toEqual(expect.arrayContaining(['次数', '售后单数']));
});
