import type { Case } from './case_facts.ts';
import { GAMING } from './planted.ts';
import type { Random } from './random.ts';
import { nextStaffed } from './staffing.ts';

/** A message that only stops a clock: an answer within the same second, or a placeholder just before the limit. */
export interface Placeholder {
  kind: 'instant' | 'stall';
  at: number;
  milliseconds: number;
}

/** Draws the placeholder of a vendor that games the clock, for a case begun at one local second and last written to at another. */
export function drawPlaceholder(random: Random, facts: Case, startAt: number, now: number): Placeholder | undefined {
  if (facts.vendor.id !== GAMING.vendor || facts.channel !== 'chat') return undefined;
  if (random.chance(GAMING.subSecondShare)) {
    const [low, high] = GAMING.subSecondMilliseconds;
    return { kind: 'instant', at: now, milliseconds: random.between(low, high) };
  }
  const at = nextStaffed(facts.vendor, startAt) + random.between(GAMING.stallFromSeconds, GAMING.stallToSeconds);
  return at > now && random.chance(GAMING.stallShare) ? { kind: 'stall', at, milliseconds: 0 } : undefined;
}
