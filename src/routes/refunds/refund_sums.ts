import { type Words, keyText } from '#lib/charts/words.ts';
import { type Figure, figureOf } from '#lib/metrics/figure.ts';
import { wilsonInterval } from '#lib/metrics/intervals.ts';
import { metricOf } from '#lib/metrics/registry.ts';
import {
  type ListTotal,
  type Loss,
  type RefundList,
  type RefundMark,
  type RefundSum,
  refundLists,
  sumOf,
} from '#lib/server/refund_lists.ts';

/** Refunds lost by one key of a dimension, with the rate of refunded_without_goods. */
export interface LossRow {
  key: string | null;
  name: string;
  figure: Figure;
  sum: RefundSum;
}

const shownLosses = 10;

/** The keys with most losses first; of products only those with any. */
export function describeLosses(
  words: Words,
  by: 'vendor' | 'sku',
  losses: readonly Loss[],
): { rows: LossRow[]; all: number } {
  const byKey = Map.groupBy(
    losses.filter((loss) => loss.by === by),
    ({ key }) => key,
  );
  const rows = [...byKey]
    .map(([key, own]) => {
      const sum = sumOf(own);
      const denominator = own.reduce((count, { counted }) => count + counted, 0);
      return {
        key,
        name: keyText(words, by, key),
        figure: figureOf(metricOf('refunded_without_goods'), { numerator: sum.refunds, denominator, pending: 0 }),
        sum,
      };
    })
    .sort((a, b) => b.sum.refunds - a.sum.refunds || b.figure.n - a.figure.n);
  return { rows: rows.slice(0, shownLosses), all: rows.length };
}

/** The outcomes of intercepts in one value tier. */
export interface InterceptRow {
  /** Undefined for all tiers together. */
  tier: number | null | undefined;
  currencies: readonly string[];
  succeeded: number;
  failed: number;
  open: number;
  figure: Figure;
}

/** All tiers together, then each that anything was called back in. */
export function describeIntercepts(totals: readonly ListTotal[]): InterceptRow[] {
  const outcomes = totals.filter(({ list }) => list === 'intercepts');
  if (outcomes.length === 0) return [];
  const tiers = [...new Set(outcomes.map(({ tier }) => tier))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  return [undefined, ...tiers].map((tier) => {
    const own = outcomes.filter((one) => tier === undefined || one.tier === tier);
    const count = (outcome: RefundMark) => sumOf(own.filter(({ mark }) => mark === outcome)).refunds;
    const [succeeded, failed, open] = [count('succeeded'), count('failed'), count('open')];
    const ended = { numerator: succeeded, denominator: succeeded + failed };
    return {
      tier,
      currencies: [...new Set(own.map(({ currency }) => currency))].sort(),
      succeeded,
      failed,
      open,
      figure: {
        value: ended.denominator === 0 ? null : succeeded / ended.denominator,
        interval: wilsonInterval(ended),
        n: ended.denominator,
        pending: open,
      },
    };
  });
}

/** Sums of one list, whole and by mark. */
export interface ListSum {
  all: RefundSum;
  marks: readonly { mark: RefundMark; sum: RefundSum }[];
  oldestAt: string | null;
}

export function sumLists(totals: readonly ListTotal[]): Record<RefundList, ListSum> {
  const sum = (list: RefundList) => sumList(totals, list);
  return {
    deadlines: sum('deadlines'),
    stalled: sum('stalled'),
    unseen: sum('unseen'),
    at_risk: sum('at_risk'),
    lost: sum('lost'),
    intercepts: sum('intercepts'),
  };
}

function sumList(totals: readonly ListTotal[], list: RefundList): ListSum {
  const own = totals.filter((total) => total.list === list);
  return {
    all: sumOf(own),
    marks: refundLists[list]
      .map((mark: RefundMark) => ({ mark, sum: sumOf(own.filter((total) => total.mark === mark)) }))
      .filter(({ sum }) => sum.refunds > 0),
    oldestAt: own.reduce<string | null>(
      (oldest, { oldest_at: at }) => (at !== null && (oldest === null || at < oldest) ? at : oldest),
      null,
    ),
  };
}
