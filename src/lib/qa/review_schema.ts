import { z } from 'zod';
import { answersSchema } from './answers_schema.ts';

const textAllowed = 'a text of at most 4,000 characters';
const text = z.string(textAllowed).max(4000, textAllowed);

/** A stretch of a message that shows why a criterion was rated as it was. */
const quoteSchema = z.strictObject({ criterionId: z.string(), messageId: z.string(), text });

/** What a reviewer wrote: ratings, the messages that show why, and a word to the agent. */
export const reviewContentSchema = z.strictObject({
  answers: answersSchema.default({}),
  quotes: z.array(quoteSchema).max(200).default([]),
  comment: text.default(''),
});

export type ReviewContent = z.infer<typeof reviewContentSchema>;
export type Quote = z.infer<typeof quoteSchema>;

/** A review nobody has begun. */
export const emptyContent: ReviewContent = { answers: {}, quotes: [], comment: '' };
