import { SKUS } from './catalogue.ts';
import { DAY, FIRST_DAY, FIRST_ORDER_DAY, HOUR, LAST_DAY, dayOf, weekdayOf } from './local_time.ts';
import { issueFactor } from './planted.ts';
import type { Random } from './random.ts';

/** Shopping festivals: first day, last day, how many times an ordinary day at the start and at the end. */
const PEAKS: [string, string, number, number][] = [
  ['2025-09-08', '2025-09-10', 1.3, 1.5],
  ['2025-10-20', '2025-10-31', 1.3, 1.9],
  ['2025-11-01', '2025-11-03', 3.2, 2.2],
  ['2025-11-09', '2025-11-11', 2.4, 4.6],
  ['2025-12-10', '2025-12-12', 1.5, 2.4],
  ['2026-01-16', '2026-02-03', 1.4, 1.9],
  ['2026-03-05', '2026-03-08', 1.4, 1.9],
  ['2026-05-20', '2026-05-30', 1.2, 1.4],
  ['2026-05-31', '2026-06-03', 2.8, 1.9],
  ['2026-06-13', '2026-06-18', 2.0, 4.0],
  ['2026-09-07', '2026-09-10', 1.3, 1.7],
  ['2026-10-20', '2026-10-31', 1.4, 2.1],
];
/** Days on which parcels and people rest. */
const LULLS: [string, string, number][] = [
  ['2025-10-01', '2025-10-05', 0.8],
  ['2026-02-13', '2026-02-22', 0.3],
  ['2026-10-01', '2026-10-05', 0.8],
];
const WEEK = [1.08, 1.02, 0.97, 0.95, 0.95, 0.98, 1.06];
const HOURS = [
  2.6, 1.5, 0.8, 0.5, 0.4, 0.5, 0.9, 1.8, 3.6, 5.6, 6.6, 6.0, 5.0, 5.4, 6.2, 6.4, 6.0, 5.2, 4.8, 5.8, 7.2, 7.6, 6.4,
  4.4,
];

export type Stage = 'unshipped' | 'in_transit' | 'delivered';
const STAGES: Stage[] = ['unshipped', 'in_transit', 'delivered'];
const STAGE_SHARES = [14, 17, 69];
/** Chance of each number of days between order and first contact. */
const LAGS: Record<Stage, number[]> = {
  unshipped: [62, 28, 10],
  in_transit: [0, 18, 32, 26, 14, 7, 3],
  delivered: [0, 0, 4, 11, 15, 15, 13, 11, 9, 7, 5, 4, 2, 2, 1, 1],
};
const ORDER_DAYS = LAST_DAY - FIRST_ORDER_DAY + 1;

const interest = Float64Array.from({ length: ORDER_DAYS }, (_, k) => interestOn(FIRST_ORDER_DAY + k));
/** Running sums over the product units of every order day: as they sell, and as they cause cases once delivered. */
const soldSums = new Float64Array(ORDER_DAYS * SKUS.length);
const issueSums = new Float64Array(ORDER_DAYS * SKUS.length);
const issues = Float64Array.from(interest, (level, k) => {
  let sold = 0;
  let caused = 0;
  for (const sku of SKUS) {
    soldSums[k * SKUS.length + sku.index] = sold += sku.weight;
    issueSums[k * SKUS.length + sku.index] = caused += sku.weight * issueFactor(sku, FIRST_ORDER_DAY + k);
  }
  return (level * caused) / sold;
});
const caseSums = sumUp(Float64Array.from({ length: LAST_DAY - FIRST_DAY + 1 }, (_, k) => contactsOn(FIRST_DAY + k)));
const hourSums = sumUp(Float64Array.from(HOURS));

/** Returns how much is bought on a local day, relative to an ordinary one. */
export function interestOn(day: number): number {
  let level = WEEK[weekdayOf(day)] ?? 1;
  for (const [from, to, first, last] of PEAKS) {
    const [a, b] = [dayOf(from), dayOf(to)];
    if (day >= a && day <= b) level *= first + ((last - first) * (day - a)) / Math.max(1, b - a);
  }
  for (const [from, to, factor] of LULLS) if (day >= dayOf(from) && day <= dayOf(to)) level *= factor;
  return level;
}

/** Returns the local second at which the given share of all cases has been opened; increasing in the share. */
export function openingSecond(share: number): number {
  const [day, dayShare] = locate(caseSums, 0, caseSums.length, share);
  const [hour, hourShare] = locate(hourSums, 0, 24, dayShare);
  return (FIRST_DAY + day) * DAY + hour * HOUR + Math.floor(hourShare * HOUR);
}

/** Draws at which stage of its order a buyer gets in touch, and the local day of the order. */
export function drawOrder(random: Random, openedDay: number): { stage: Stage; orderDay: number } {
  const stage = STAGES[random.weighted(STAGE_SHARES)] ?? 'delivered';
  return { stage, orderDay: Math.max(FIRST_ORDER_DAY, openedDay - random.weighted(LAGS[stage])) };
}

/** Draws the index of the product unit that a case is about; defects raise the cases of delivered goods. */
export function drawSku(random: Random, stage: Stage, orderDay: number): number {
  const from = (orderDay - FIRST_ORDER_DAY) * SKUS.length;
  return locate(stage === 'delivered' ? issueSums : soldSums, from, from + SKUS.length, random.unit())[0];
}

function contactsOn(day: number): number {
  let sum = 0;
  STAGES.forEach((stage, s) => {
    const total = LAGS[stage].reduce((a, b) => a + b);
    LAGS[stage].forEach(
      (lag, k) =>
        (sum +=
          ((STAGE_SHARES[s] ?? 0) / 100) *
          (lag / total) *
          ((stage === 'delivered' ? issues : interest)[day - k - FIRST_ORDER_DAY] ?? 0)),
    );
  });
  return sum * (WEEK[weekdayOf(day)] ?? 1);
}

function sumUp(weights: Float64Array): Float64Array {
  let sum = 0;
  return weights.map((weight) => (sum += weight));
}

/** Finds the slot of running sums in which a share of their total falls, and how far into it. */
function locate(sums: Float64Array, from: number, to: number, share: number): [slot: number, within: number] {
  const target = share * (sums[to - 1] ?? 0);
  let low = from;
  let high = to - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  const before = low > from ? (sums[low - 1] ?? 0) : 0;
  return [low - from, Math.min(0.999999, (target - before) / ((sums[low] ?? 0) - before))];
}
