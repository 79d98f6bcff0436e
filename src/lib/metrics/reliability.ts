import { addDays } from './period.ts';

/** Below this denominator a rate is only indicative. */
export const smallSample = 30;

/** Days after which dispute figures no longer move (METRICS §2). */
export const ripensDays = 15;

const disputeMetrics: readonly string[] = ['dispute_rate', 'seller_liable_rate', 'refund_dispute_rate'];

/** Whether a rate rests on so few that it is only indicative. */
export function isSmallSample(denominator: number): boolean {
  return denominator > 0 && denominator < smallSample;
}

/** Whether a figure over days before `to` may still change, because disputes of its last days are not settled on local day `today`. */
export function isProvisional(metric: string, to: string, today: string): boolean {
  return disputeMetrics.includes(metric) && addDays(to, ripensDays) > today;
}
