import type { Words } from '#lib/charts/words.ts';
import { formatCount, formatMoney } from '#lib/metrics/format.ts';
import { parcelRules } from '#lib/metrics/refund_rules.ts';
import type { RefundList, RefundSum } from '#lib/server/refund_lists.ts';
import type { ListSum } from './refund_sums.ts';

/** The lists that have a tab, in its order; `unseen` is reached from the stalled parcels. */
export const shownLists = ['deadlines', 'stalled', 'at_risk', 'lost', 'intercepts'] as const satisfies RefundList[];

export type ListSums = Readonly<Record<RefundList, ListSum>>;

/** A value tier of the configuration. */
export interface Tier {
  id: string;
  fromMinor: number;
}

const shownCurrencies = 3;

/** How many rows a list has when it opens: of intercepts those that brought nothing back. */
export function listSize(list: RefundList, { all, marks }: ListSum): number {
  const succeeded = list === 'intercepts' ? marks.find(({ mark }) => mark === 'succeeded') : undefined;
  return all.refunds - (succeeded?.sum.refunds ?? 0);
}

/** Says what puts a refund on a list. */
export function aboutText({ t, locale }: Words, list: RefundList): string {
  const { stillHours, remoteStillHours, remoteRegions, interceptOpenDays } = parcelRules;
  return t(`refundsPage.about.${list}`, {
    hours: stillHours,
    remote: remoteStillHours,
    regions: remoteRegions.map(({ name }) => name[locale]).join(locale === 'en' ? ', ' : '、'),
    days: interceptOpenDays,
  });
}

/** Writes money of several currencies beside each other, since it never adds up; — where no amount is known. */
export function moneyText({ money }: RefundSum): string {
  return money.length === 0 ? '—' : money.map(({ currency, minor }) => formatMoney(minor, currency)).join(' + ');
}

/** Says how many refunds have no amount and are missing in the money; empty where none. */
export function missingText({ t, locale }: Words, { withoutAmount }: RefundSum): string {
  return withoutAmount === 0 ? '' : t('refundsPage.withoutAmount', { count: formatCount(withoutAmount, locale) });
}

/** Names a value tier by its range, in the currencies found: tier 0 is below all, null is without an amount. */
export function tierText(
  { t }: Words,
  tiers: readonly Tier[],
  tier: number | null,
  currencies: readonly string[],
): string {
  if (tier === null) return t('refundsPage.tierUnknown');
  const from = tiers[tier - 1];
  const to = tiers[tier];
  const edge = (minor: number) =>
    (currencies.length === 0 ? ['CNY'] : currencies.slice(0, shownCurrencies))
      .map((currency) => formatMoney(minor, currency).replace(/\.0+$/, ''))
      .join(' / ');
  if (from && to && from.fromMinor > 0)
    return t('refundsPage.tierBetween', { from: edge(from.fromMinor), to: edge(to.fromMinor) });
  if (to) return t('refundsPage.tierBelow', { edge: edge(to.fromMinor) });
  return from ? t('refundsPage.tierFrom', { edge: edge(from.fromMinor) }) : t('refundsPage.everyTier');
}
