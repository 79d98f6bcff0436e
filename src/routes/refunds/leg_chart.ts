import type { Chart } from '#lib/charts/chart.ts';
import { stackedChart } from '#lib/charts/stacked.ts';
import { type Words, keyText } from '#lib/charts/words.ts';
import { linkTo } from '#lib/links.ts';
import { formatCount, formatDuration, formatRate } from '#lib/metrics/format.ts';
import { type Leg, legs } from '#lib/metrics/refund_rules.ts';
import type { LegDimension, LegTimes } from '#lib/server/refunds.ts';

/** What one leg took in the refunds of one key; share of the time of all five, null where none has any. */
export interface LegCell {
  leg: Leg;
  refunds: number;
  median: number | null;
  p90: number | null;
  share: number | null;
}

export interface LegRow {
  /** Undefined for all keys together. */
  key: string | null | undefined;
  name: string;
  href: string | null;
  cells: LegCell[];
}

const shownKeys = 12;

/** All refunds first, then each key of the dimension, most refunds first. */
export function describeLegs(
  words: Words,
  found: readonly LegTimes[],
  by: LegDimension,
  params: URLSearchParams,
): { rows: LegRow[]; all: number } {
  const every = found.filter((row) => row.is_every_key);
  if (every.length === 0) return { rows: [], all: 0 };
  const byKey = Map.groupBy(
    found.filter((row) => !row.is_every_key),
    ({ key }) => key,
  );
  const keys = [...byKey].sort(([, a], [, b]) => refundsOf(b) - refundsOf(a));
  return {
    rows: [
      { key: undefined, name: words.t('refundsPage.everyKey'), href: null, cells: cellsOf(every) },
      ...keys.slice(0, shownKeys).map(([key, own]) => ({
        key,
        name: keyText(words, by, key),
        href: linkTo('/refunds', params, { [by]: key ?? '', by }),
        cells: cellsOf(own),
      })),
    ],
    all: keys.length,
  };
}

function refundsOf(own: readonly LegTimes[]): number {
  return Math.max(...own.map(({ refunds }) => refunds));
}

function cellsOf(own: readonly LegTimes[]): LegCell[] {
  const whole = own.reduce((sum, { total_seconds: seconds }) => sum + seconds, 0);
  return legs.map((leg) => {
    const found = own.find((row) => row.leg === leg);
    return {
      leg,
      refunds: found?.refunds ?? 0,
      median: found?.median ?? null,
      p90: found?.p90 ?? null,
      share: whole === 0 ? null : (found?.total_seconds ?? 0) / whole,
    };
  });
}

/** Draws where the time goes, key by key; null where no leg took any time. */
export function drawLegs(words: Words, rows: readonly LegRow[]): Chart | null {
  const { t, locale } = words;
  const timed = rows.filter(({ cells }) => cells.some(({ share }) => share !== null));
  if (timed.length === 0) return null;
  return stackedChart({
    label: t('refundsPage.legs'),
    parts: legs.map((leg) => t(`refundsPage.leg.${leg}`)),
    rows: timed.map(({ name, href, cells }) => ({
      name,
      ...(href !== null && { href }),
      parts: cells.map(({ leg, refunds, median, p90, share }) => ({
        share: share ?? 0,
        text: formatRate(share, locale, 0),
        tip: [
          `${name} · ${t(`refundsPage.leg.${leg}`)}`,
          `${t('frame.number.median')} ${formatDuration(median, locale)} · ${t('frame.number.p90')} ${formatDuration(p90, locale)}`,
          `${t('refundsPage.share', { share: formatRate(share, locale) })} · ${t('frame.number.n', { n: formatCount(refunds, locale) })}`,
        ].join('\n'),
      })),
    })),
    // The figures stand in a table of the page's own.
    table: { head: [], rows: [] },
  });
}
