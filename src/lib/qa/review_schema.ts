import { z } from 'zod';
import type { CaseFacts } from './applicability.ts';
import { answersSchema } from './answers_schema.ts';
import { isStorable } from './storable.ts';

const textAllowed = 'a text of at most 4,000 characters';
const text = z.string(textAllowed).max(4000, textAllowed).refine(isStorable, textAllowed);
const id = z.string().max(500).refine(isStorable);

/** A stretch of a message that shows why a criterion was rated as it was. */
const quoteSchema = z.strictObject({ criterionId: id, messageId: id, text });

/** What a reviewer wrote: ratings, the messages that show why, and a word to the agent. */
export const reviewContentSchema = z.strictObject({
  answers: answersSchema.default({}),
  quotes: z.array(quoteSchema).max(200).default([]),
  comment: text.default(''),
});

const fact = z.string().nullable();

/** The facts of a case that conditions of a card ask for. */
export const factsSchema = z.object({
  request_type: fact,
  channel: fact,
  severity: fact,
  brand: fact,
  platform: fact,
}) satisfies z.ZodType<CaseFacts>;

export type ReviewContent = z.infer<typeof reviewContentSchema>;
export type Quote = z.infer<typeof quoteSchema>;
