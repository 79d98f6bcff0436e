import type { CaseKind, CaseListAsked, CaseSort } from '#lib/metrics/case_list.ts';
import { type KeyDimension, keyDimensions } from '#lib/metrics/dimensions.ts';
import { formatPeriod } from '#lib/metrics/moment.ts';
import { type Locale, type MetricId, metricOf } from '#lib/metrics/registry.ts';
import { type Names, nameOfKey } from './names.ts';
import type { Translate } from './translate.ts';

/** Dimensions whose names nobody takes for those of another. */
const speakForThemselves: readonly KeyDimension[] = ['brand', 'vendor', 'platform', 'request_type'];

/** How a reader reads names and texts. */
export interface Reader {
  t: Translate;
  locale: Locale;
  names: Names;
}

/** Says in words what a list of cases shows, part by part: 首次响应达标率, 未达标, 2026年10月, 速达客服. */
export function titleParts(reader: Reader, asked: CaseListAsked): string[] {
  const { t, locale, names } = reader;
  const what =
    asked.metric === null
      ? [t('casesPage.all'), ...(asked.withFlagged ? [t('casesPage.withFlagged')] : [])]
      : [metricOf(asked.metric).name[locale], kindText(t, asked.metric, asked.kind)];
  const picked = keyDimensions.flatMap((dimension) => {
    const keys = asked.keys[dimension] ?? [];
    if (keys.length === 0) return [];
    const named = keys.map((key) => nameOfKey(names, t, dimension, key)).join(t('casesPage.and'));
    return [
      speakForThemselves.includes(dimension) || keys.every((key) => key === '')
        ? named
        : `${t(`dimension.${dimension}`)} ${named}`,
    ];
  });
  const said = asked.search ? [t('casesPage.search', { words: asked.search.text })] : [];
  return [...what, formatPeriod(asked, locale), ...picked, ...said];
}

/** Names a kind of rows: against a KPI is not met where up is good, a hit where down is good. */
export function kindText(t: Translate, metric: MetricId, kind: CaseKind): string {
  if (kind !== 'failing') return t(`casesPage.kind.${kind}`);
  return t(metricOf(metric).direction === 'down' ? 'casesPage.kind.hit' : 'casesPage.kind.unmet');
}

/** Names what a list is ordered by. */
export function sortText(t: Translate, { metric }: Pick<CaseListAsked, 'metric'>, sort: CaseSort): string {
  switch (sort) {
    case 'started':
      return t('casesPage.column.started');
    case 'first_response':
      return t('casesPage.column.firstResponse');
    case 'solution':
      return t('casesPage.column.solution');
    case 'messages':
      return t('casesPage.column.messages');
    case 'reopens':
      return t('casesPage.column.reopens');
    case 'csat':
      return t('casesPage.column.csat');
    case 'value':
      return t(`casesPage.column.value.${(metric && metricOf(metric).unit) ?? 'count'}`);
  }
}
