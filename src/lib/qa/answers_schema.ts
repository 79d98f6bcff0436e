import { z } from 'zod';

const rootCauses = z.array(z.string()).default([]);

/**
 * One criterion answered: the level chosen (1 is the worst; pass_fail has 1, fail, and 2, pass), how often each deduction
 * occurred, or that the criterion has no bearing on the case.
 */
export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('level'), level: z.int(), rootCauses }),
  z.strictObject({ kind: z.literal('deductions'), counts: z.record(z.string(), z.int().min(0)), rootCauses }),
  z.strictObject({ kind: z.literal('not_applicable') }),
]);

/** The answers of a review by criterion id; a criterion without an answer is still to be answered. */
export const answersSchema = z.record(z.string(), answerSchema);
