import { type Words, keyText } from '#lib/charts/words.ts';
import { linkTo } from '#lib/links.ts';
import { type Dimension, isTime } from '#lib/metrics/dimensions.ts';
import { type Change, type Figure, changeOf, figureOf, sumCounted } from '#lib/metrics/figure.ts';
import { formatCount } from '#lib/metrics/format.ts';
import type { Proportion } from '#lib/metrics/intervals.ts';
import { addDays, periodOfKey } from '#lib/metrics/period.ts';
import { type Direction, type MetricId, metricOf } from '#lib/metrics/registry.ts';
import type { Filter } from '#lib/server/filter.ts';
import type { Study } from '#lib/server/metric_study.ts';

const shownKeys = 40;

/** One row of a breakdown. */
export interface KeyRow {
  /** Undefined for the rest: all keys that have no row of their own. */
  key: string | null | undefined;
  name: string;
  figure: Figure;
  change: Change | null;
  median: number | null;
  p90: number | null;
  failing: number;
  /** The same page narrowed to this key, and the failing cases of it; null for the rest, which no address can name. */
  href: string | null;
  failingHref: string | null;
}

/** How many rows speak against a KPI. */
export function failingOf(direction: Direction, { numerator, denominator }: Proportion): number {
  return direction === 'up' ? denominator - numerator : numerator;
}

/** Parameters that narrow a link to one key of a dimension; a day, week or month becomes the period, within the one asked for. */
export function narrowTo(dimension: Dimension, key: string | null, { period }: Filter): Record<string, string> {
  if (!isTime(dimension)) return { [dimension]: key ?? '' };
  const { from, to } = periodOfKey(dimension, key ?? period.from);
  return { from: from < period.from ? period.from : from, until: addDays(to > period.to ? period.to : to, -1) };
}

/** The rows of a breakdown, most counted first, then all others as one; time in order. They add up to the whole. */
export function describeKeys(
  words: Words,
  {
    metric: id,
    found,
    filter,
    by,
    params,
  }: { metric: MetricId; found: Study; filter: Filter; by: Dimension; params: URLSearchParams },
): { rows: KeyRow[]; all: number } {
  const metric = metricOf(id);
  const counted = isTime(by)
    ? found.keys
    : [...found.keys].sort((a, b) => b.denominator + b.pending - a.denominator - a.pending);
  const isCompared = filter.comparedWith !== null && !isTime(by);
  // A rest of one would be longer than its key.
  const shown = counted.slice(0, isTime(by) || counted.length <= shownKeys + 1 ? counted.length : shownKeys);
  const rows: KeyRow[] = shown.map((row) => {
    const before = isCompared ? (found.keysBefore.find((one) => one.key === row.key) ?? null) : null;
    const narrowed = narrowTo(by, row.key, filter);
    return {
      key: row.key,
      name: keyText(words, by, row.key),
      figure: figureOf(metric, row),
      change: changeOf(metric, row, before),
      median: row.median,
      p90: row.p90,
      failing: failingOf(metric.direction, row),
      href: linkTo(`/metrics/${id}`, params, narrowed),
      failingHref: linkTo('/cases', params, { ...narrowed, metric: id, kind: 'failing' }),
    };
  });
  const others = counted.slice(shown.length);
  if (others.length > 0) {
    const rest = sumCounted(others);
    const restBefore = found.keysBefore.filter(({ key }) => !shown.some((row) => row.key === key));
    rows.push({
      key: undefined,
      name: words.t('metricPage.rest', { count: formatCount(others.length, words.locale) }),
      figure: figureOf(metric, rest),
      change: changeOf(metric, rest, isCompared ? sumCounted(restBefore) : null),
      median: null,
      p90: null,
      failing: failingOf(metric.direction, rest),
      href: null,
      failingHref: null,
    });
  }
  return { rows, all: counted.length };
}
