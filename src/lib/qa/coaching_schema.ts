import { z } from 'zod';

/** A message shown as an example, as it is masked in the data. */
export const messageQuoteSchema = z.strictObject({
  messageId: z.string(),
  sender: z.string(),
  sentAt: z.string(),
  text: z.string().max(2000),
});

/** What a coaching note says: the advice, and the messages it is about. */
export const coachingContentSchema = z.strictObject({
  text: z.string().trim().min(1).max(4000),
  quotes: z.array(messageQuoteSchema).max(20),
});

export type MessageQuote = z.infer<typeof messageQuoteSchema>;
export type CoachingContent = z.infer<typeof coachingContentSchema>;
