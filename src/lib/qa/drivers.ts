import { casesOf, type TooFew } from './estimate.ts';
import type { LostPoints } from './lost_points.ts';
import { smallestSample } from './smallest_sample.ts';

/** What something costs: points of 100 that a case of the population loses to it on average, its share of all that is lost, and in how many scored cases it was seen. */
export interface Cost {
  readonly points: number;
  readonly share: number;
  readonly cases: number;
}

/** What a root cause costs at a criterion; null: none was named. */
export interface CauseCost extends Cost {
  readonly rootCauseId: string | null;
}

/** What a criterion costs, by root cause too. */
export interface CriterionCost extends Cost {
  readonly criterionId: string;
  readonly causes: readonly CauseCost[];
}

/** What costs the score most, first; the points of all criteria are 100 − the mean score. */
export interface Drivers {
  readonly kind: 'drivers';
  readonly n: number;
  readonly criteria: readonly CriterionCost[];
}

interface Loss {
  readonly caseId: string;
  readonly criterionId: string;
  readonly rootCauseId: string | null;
  readonly points: number;
}

const mostFirst = (a: Cost, b: Cost) => b.points - a.points;
const pointsOf = (losses: readonly Loss[]) => losses.reduce((sum, { points }) => sum + points, 0);

function costOf(losses: readonly Loss[], all: number): Cost {
  const points = pointsOf(losses);
  return { points, share: points / all, cases: new Set(losses.map(({ caseId }) => caseId)).size };
}

/** What a scored case lost, and how many cases of the population it stands for. */
export interface WeighedLoss {
  readonly caseId: string;
  readonly weight: number;
  readonly lost: readonly LostPoints[];
}

/** Estimates what criteria and root causes cost a domain from what its scored cases lost; no numbers below the least number of cases. */
export function driversIn(cases: readonly WeighedLoss[]): Drivers | TooFew {
  const n = casesOf(cases);
  if (n < smallestSample) return { kind: 'too_few', n, needed: smallestSample };
  const whole = cases.reduce((sum, { weight }) => sum + weight, 0);
  const losses = cases.flatMap(({ caseId, weight, lost }) =>
    lost.map((one): Loss => ({ caseId, ...one, points: (one.points * weight) / whole })),
  );
  const all = pointsOf(losses);
  const criteria = [...Map.groupBy(losses, ({ criterionId }) => criterionId)].map(([criterionId, ofCriterion]) => {
    const byCause = Map.groupBy(ofCriterion, ({ rootCauseId }) => rootCauseId);
    const causes = [...byCause].map(([rootCauseId, ofCause]) => ({ rootCauseId, ...costOf(ofCause, all) }));
    return { criterionId, ...costOf(ofCriterion, all), causes: causes.toSorted(mostFirst) };
  });
  return { kind: 'drivers', n, criteria: criteria.toSorted(mostFirst) };
}
