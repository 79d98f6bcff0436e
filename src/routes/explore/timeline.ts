import { type Counted, sumCounted } from '#lib/metrics/figure.ts';
import { wilsonInterval } from '#lib/metrics/intervals.ts';
import { type Period, addDays, daysOf, keyOfDay } from '#lib/metrics/period.ts';
import { isSmallSample } from '#lib/metrics/reliability.ts';

/** A day, or the days of one week, of the period. */
export interface Bin {
  from: number;
  to: number;
  /** The first day. */
  day: string;
}

const mostDays = 100;
const aFew = 10;

/** The days of a period, or its weeks where it has more than a hundred days; the first and last may be cut. */
export function binsOf(period: Period): Bin[] {
  const days = daysOf(period);
  const bins: Bin[] = [];
  let week = '';
  for (let from = 0; from < days; from++) {
    const day = addDays(period.from, from);
    const last = bins.at(-1);
    if (days > mostDays && last && keyOfDay('week', day) === week) last.to = from + 1;
    else bins.push({ from, to: from + 1, day });
    week = keyOfDay('week', day);
  }
  return bins;
}

/** What each bin counted. */
export function countBins(bins: readonly Bin[], days: readonly Counted[]): Counted[] {
  return bins.map(({ from, to }) => (to === from + 1 && days[from] ? days[from] : sumCounted(days.slice(from, to))));
}

/** Bars of a height in a box of days by 1, upside down as SVG is; each begins where the one of `below` ends. */
export function barsPath(
  bins: readonly Bin[],
  heights: readonly number[],
  below: readonly number[],
  top: number,
): string {
  return bins
    .map(({ from, to }, index) => {
      const height = heights[index] ?? 0;
      if (height === 0) return '';
      const gap = (to - from) * 0.08;
      const base = below[index] ?? 0;
      return `M${from + gap} ${short(1 - base / top)}V${short(1 - (base + height) / top)}H${to - gap}V${short(1 - base / top)}Z`;
    })
    .join('');
}

/** A rate over time with its interval, in a box of days by 1 between two rates; a bin without a rate is a gap. */
export function ratePaths(
  bins: readonly Bin[],
  counted: readonly Counted[],
  [low, high]: readonly [number, number],
): { line: string; band: string } {
  const y = (rate: number): number => short(1 - (Math.min(Math.max(rate, low), high) - low) / (high - low));
  let line = '';
  let band = '';
  let run: { x: number; low: number; high: number }[] = [];
  const endRun = (): void => {
    const back = run.toReversed();
    if (run.length > 1)
      band += `M${run.map((one) => `${one.x} ${one.high}`).join('L')}L${back.map((one) => `${one.x} ${one.low}`).join('L')}Z`;
    run = [];
  };
  bins.forEach(({ from, to }, index) => {
    const one = counted[index];
    const interval = one && wilsonInterval(one);
    if (!interval) return endRun();
    const x = (from + to) / 2;
    line += `${run.length === 0 ? 'M' : 'L'}${x} ${y(one.numerator / one.denominator)}${run.length === 0 ? 'h0' : ''}`;
    run.push({ x, low: y(interval.low), high: y(interval.high) });
  });
  endRun();
  return { line, band };
}

/** The rates an axis shows: intervals that rest on enough and rates that rest on a few, with a little room. */
export function rateDomain(counted: readonly Counted[]): [number, number] {
  const firm = counted.filter(({ denominator }) => denominator > 0 && !isSmallSample(denominator));
  const some = firm.length > 0 ? firm : counted;
  const intervals = some.flatMap((one) => wilsonInterval(one) ?? []);
  const rates = counted
    .filter(({ denominator }) => denominator >= aFew)
    .map(({ numerator, denominator }) => numerator / denominator);
  const ends = [...intervals.flatMap(({ low, high }) => [low, high]), ...rates];
  if (ends.length === 0) return [0, 1];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = Math.max((high - low) * 0.1, 0.005);
  return [Math.max(0, low - room), Math.min(1, high + room)];
}

/** A thousandth of the box is finer than a pixel. */
function short(value: number): number {
  return Math.round(value * 1000) / 1000;
}
