import type { z } from 'zod';
import type {
  conditionSchema,
  criterionSchema,
  deductionSchema,
  scaleSchema,
  scorecardSchema,
  sectionSchema,
} from './scorecard_schema.ts';

/** What reviews are scored by; a review pins id and version, and a published version never changes. */
export type Scorecard = z.infer<typeof scorecardSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type Criterion = z.infer<typeof criterionSchema>;
export type Scale = z.infer<typeof scaleSchema>;
export type Deduction = z.infer<typeof deductionSchema>;
export type Condition = z.infer<typeof conditionSchema>;

/** Lists the criteria of a card in their order. */
export function criteriaOf(card: Scorecard): readonly Criterion[] {
  return card.sections.flatMap((section) => section.criteria);
}

/** What a criterion's weight is of all weights of its card, in percent; 0 where no criterion has any. */
export function weightShare(
  { sections }: { sections: readonly { criteria: readonly { weight: number | null }[] }[] },
  weight: number | null,
): number {
  const all = sections.flatMap(({ criteria }) => criteria).reduce((sum, one) => sum + (one.weight ?? 0), 0);
  return all === 0 ? 0 : Math.round(((weight ?? 0) / all) * 100);
}

/** Tells whether a card has a criterion whose failure makes the whole review 0. */
export function canBeZeroed(card: Scorecard): boolean {
  return criteriaOf(card).some((criterion) => criterion.critical === 'review');
}
