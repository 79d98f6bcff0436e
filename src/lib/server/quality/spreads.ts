import { z } from 'zod';
import type { Principal } from '#lib/access/principal.ts';
import { type Period, addDays } from '#lib/metrics/period.ts';
import type { StratumSize } from '#lib/qa/population.ts';
import { type EarlierScore, commonDeviation, spreadsOf } from '#lib/qa/spread.ts';
import type { Store } from '../store/store.ts';
import { listSurveys } from '../store/surveys.ts';
import { factsOf } from './reviews.ts';
import { type StrataDimension, stratumOf } from './strata.ts';

const earlierDays = 365;

/**
 * The scores of cases drawn at random in the year up to the end of a plan's period, by the same card, each with the stratum that the
 * plan would draw it in. Errors: AccessError.
 */
export async function earlierScores(
  store: Store,
  by: Principal,
  cardId: string,
  { period, strataBy }: { period: Period; strataBy: readonly StrataDimension[] },
): Promise<EarlierScore[]> {
  const surveys = await listSurveys(store, by, cardId, { from: addDays(period.to, -earlierDays), to: period.to });
  return surveys.flatMap(({ cases }) =>
    cases.flatMap(({ vendorId, agentId, reviews }): EarlierScore[] => {
      const [first] = reviews;
      if (!first) return [];
      const { request_type, channel } = factsOf(first, null);
      const stratum = stratumOf(strataBy, { vendor: vendorId, agent: agentId, request_type, channel });
      return [{ stratum, score: reviews.reduce((sum, { score }) => sum + score, 0) / reviews.length }];
    }),
  );
}

/** What the standard deviations of an allocation rest on; kept with the sample. */
export const spreadBasisSchema = z.object({
  /** How many earlier scores there were, and their standard deviation. */
  earlier: z.int(),
  common: z.number(),
  strata: z.int(),
  /** How many strata have no two scores of their own and take the common deviation. */
  without: z.int(),
});
export type SpreadBasis = z.output<typeof spreadBasisSchema>;

/** Says what the standard deviations of strata rest on. */
export function spreadBasis(strata: readonly StratumSize[], earlier: readonly EarlierScore[]): SpreadBasis {
  return {
    earlier: earlier.length,
    common: commonDeviation(earlier),
    strata: strata.length,
    without: spreadsOf(strata, earlier).filter(({ scored }) => scored < 2).length,
  };
}
