import { formatLimit, formatMoney } from '#lib/metrics/format.ts';
import type { Verdict } from '#lib/metrics/verdict.ts';
import { type Words, duration, moment, nameOf, oneOf, stretch } from './words.ts';

const timed = [
  'first_response',
  'first_touch_30s',
  'human_pickup_5m',
  'unanswered_24h',
  'resolution_24h',
  'reply_3m',
  'refund_after_receipt_24h',
] as const;
const breaks = ['reopened', 'escalated', 'intervened'] as const;
export const goodsStatuses = [
  'unshipped',
  'in_transit',
  'delivered',
  'returned',
  'intercepted',
  'lost_claimed',
  'waived',
] as const;

/** A verdict in a sentence: what was measured, against what, and how it stands. */
export function sentenceOf(verdict: Verdict, words: Words): string {
  const { t } = words;
  const { clock, limitSeconds, calendarSeconds, businessSeconds } = verdict;
  const { lostMinor, currency, agent, buyer, what, goods } = verdict.words;
  const metric = oneOf(timed, verdict.metric);
  const broken = oneOf(breaks, String(what));
  const status = oneOf(goodsStatuses, String(goods));
  return t(`casePage.verdict.${verdict.sentence}`, {
    ...verdict.words,
    took: duration(words, (clock === 'business' ? businessSeconds : calendarSeconds) ?? calendarSeconds),
    limit: formatLimit(limitSeconds, words.locale),
    clock: t(`clock.${clock}`),
    ...(metric && { what: t(`casePage.what.${metric}`), missing: t(`casePage.missing.${metric}`) }),
    ...(broken && { what: t(`casePage.breakWhat.${broken}`) }),
    ...(status && { goods: t(`refundsPage.goods.${status}`) }),
    ...(agent !== undefined && { agent: nameOf(words, 'reason_agent', String(agent)) }),
    ...(buyer !== undefined && { buyer: nameOf(words, 'reason_buyer', String(buyer)) }),
    lost: typeof lostMinor === 'number' ? formatMoney(lostMinor, String(currency)) : '—',
  });
}

/** The instants a verdict rests on. */
export function instantsOf({ from, to, deadline, outcome }: Verdict, words: Words): string[] {
  const isOpen = outcome === 'pending' || (to === null && deadline !== null);
  const due =
    isOpen && deadline !== null ? [words.t('casePage.verdicts.deadline', { at: moment(words, deadline) })] : [];
  if (from !== null && to !== null)
    return [from <= to ? stretch(words, from, to) : `${moment(words, to)} ← ${moment(words, from)}`, ...due];
  const only = from ?? to;
  return [...(only === null ? [] : [moment(words, only)]), ...due];
}

/** Both clocks of a verdict's duration; null where it has none. */
export function clocksOf({ calendarSeconds, businessSeconds }: Verdict, words: Words): string | null {
  if (calendarSeconds === null) return null;
  if (calendarSeconds === businessSeconds)
    return words.t('casePage.verdicts.sameClocks', { duration: duration(words, calendarSeconds) });
  return words.t('casePage.verdicts.clocks', {
    calendar: duration(words, calendarSeconds),
    business: duration(words, businessSeconds),
  });
}

export const outcomeMark: Record<Verdict['outcome'], string> = {
  bad: '▼',
  pending: '◷',
  good: '▲',
  neutral: '·',
  uncounted: '–',
};
