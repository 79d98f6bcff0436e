/** A count of hits among a number of trials. */
export interface Proportion {
  readonly numerator: number;
  readonly denominator: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % point of the normal distribution. */
export const normalQuantile = 1.959963984540054;

/** Returns the 95 % Wilson score interval of a rate, as fractions; null without a denominator. */
export function wilsonInterval({ numerator, denominator }: Proportion): Interval | null {
  if (denominator <= 0) return null;
  const z = normalQuantile;
  const rate = numerator / denominator;
  const scale = 1 + (z * z) / denominator;
  const centre = (rate + (z * z) / (2 * denominator)) / scale;
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / denominator + (z * z) / (4 * denominator * denominator));
  return {
    low: numerator === 0 ? 0 : Math.max(0, centre - half),
    high: numerator === denominator ? 1 : Math.min(1, centre + half),
  };
}

/** Returns Newcombe's 95 % interval (score method, no continuity correction) of the rate of `a` minus that of `b`; null when either has no denominator. */
export function newcombeInterval(a: Proportion, b: Proportion): Interval | null {
  const ofA = wilsonInterval(a);
  const ofB = wilsonInterval(b);
  if (ofA === null || ofB === null) return null;
  const rateA = a.numerator / a.denominator;
  const rateB = b.numerator / b.denominator;
  const difference = rateA - rateB;
  return {
    low: Math.max(-1, difference - Math.hypot(rateA - ofA.low, ofB.high - rateB)),
    high: Math.min(1, difference + Math.hypot(ofA.high - rateA, rateB - ofB.low)),
  };
}

/** Tells whether the difference of two rates may well be none: its 95 % Newcombe interval covers 0; null when either has no denominator. */
export function noClearChange(a: Proportion, b: Proportion): boolean | null {
  const interval = newcombeInterval(a, b);
  return interval === null ? null : interval.low <= 0 && interval.high >= 0;
}
