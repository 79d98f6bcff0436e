import type { DomainEstimate, ScoreEstimate } from './estimate.ts';

/** One who can be ranked. */
export interface Ranked {
  readonly domain: string;
  readonly estimate: ScoreEstimate;
}

/**
 * Groups from the best on: every interval of one lies wholly above every interval of the next. Within a group nobody is better
 * than anybody, whatever the means say; `unranked` have no estimate.
 */
export interface Ranking {
  readonly groups: readonly (readonly Ranked[])[];
  readonly unranked: readonly DomainEstimate[];
}

/** Ranks domains only as far as their intervals separate them; within a group by mean. */
export function rank(domains: readonly DomainEstimate[]): Ranking {
  const ranked = domains.flatMap(({ domain, estimate }) =>
    estimate.kind === 'estimate' ? [{ domain, estimate }] : [],
  );
  const groups: Ranked[][] = [];
  let floor = -Infinity;
  for (const one of ranked.toSorted((a, b) => b.estimate.interval.high - a.estimate.interval.high)) {
    const { low, high } = one.estimate.interval;
    const group = groups.at(-1);
    if (group === undefined || high < floor) groups.push([one]);
    else group.push(one);
    floor = group === undefined || high < floor ? low : Math.min(floor, low);
  }
  return {
    groups: groups.map((group) => group.toSorted((a, b) => b.estimate.mean - a.estimate.mean)),
    unranked: domains.filter(({ estimate }) => estimate.kind !== 'estimate'),
  };
}

/** Those of a group whose intervals lie wholly above one's: a chain of overlaps may hold them together, and still set them apart. */
export function clearlyAbove(one: Ranked, group: readonly Ranked[]): Ranked[] {
  return group.filter(({ estimate }) => estimate.interval.low > one.estimate.interval.high);
}
