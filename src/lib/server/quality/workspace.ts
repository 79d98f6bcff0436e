import { z } from 'zod';
import { reviewContentSchema } from '#lib/qa/review_schema.ts';

/** What the workspace sends with every save. */
export const saveSchema = z.strictObject({
  revision: z.int().min(0),
  content: reviewContentSchema,
  workedSeconds: z.number().min(0).max(86_400),
});
