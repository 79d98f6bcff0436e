import { DAY, HOUR, weekdayOf } from './local_time.ts';
import { OVERLOAD } from './planted.ts';
import type { Random } from './random.ts';
import type { Vendor } from './vendors.ts';

/** Returns the first local second from the given one at which somebody is on duty. */
export function nextStaffed(vendor: Vendor, second: number): number {
  for (let day = Math.floor(second / DAY) - 1; ; day++) {
    const weekend = weekdayOf(day) % 6 === 0;
    const open = day * DAY + (weekend ? vendor.staffed[2] : vendor.staffed[0]) * HOUR;
    const close = day * DAY + (weekend ? vendor.staffed[3] : vendor.staffed[1]) * HOUR;
    if (second < close) return Math.max(second, open);
  }
}

/** Draws when something due at a local second is done: then, or some way into the next shift. */
export function dutySecond(random: Random, vendor: Vendor, due: number): number {
  const at = nextStaffed(vendor, due);
  return at > due ? at + random.seconds(900, 0.8) : at;
}

/** Draws when an agent answers something said at a local second: after the shift starts, later in the backlog of the morning and in overloaded weeks. */
export function answerSecond(
  random: Random,
  vendor: Vendor,
  agent: number,
  asked: number,
  isFirst: boolean,
  pace: number,
): number {
  const from = nextStaffed(vendor, asked);
  const median =
    (isFirst ? vendor.firstMedianSeconds : vendor.replyMedianSeconds) * pace * (agent % 19 === 7 ? 2.6 : 1);
  const delay = random.seconds(median * (isOverloaded(vendor, asked) ? OVERLOAD.delayFactor : 1), vendor.spread);
  const due = from + delay + (from > asked ? random.seconds(2 * vendor.firstMedianSeconds, 0.9) : 0);
  return dutySecond(random, vendor, due);
}

/** Tells whether a local second falls into the planted week in which a vendor could not cope. */
export function isOverloaded(vendor: Vendor, second: number): boolean {
  return vendor.id === OVERLOAD.vendor && second >= OVERLOAD.fromDay * DAY && second < OVERLOAD.untilDay * DAY;
}
