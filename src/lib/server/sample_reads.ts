import { z } from 'zod';

const text = z.string().nullable();
const listed = { from: z.string(), to: z.string(), keys: z.string() };

/** Signs of trouble that a risk sample may go by. */
export const riskRules = [
  'dispute',
  'low_rating',
  'reopened',
  'late',
  'keywords',
  'refunded_without_goods',
  'high_value',
] as const;
export type RiskRule = (typeof riskRules)[number];

const owner = { case_id: z.string(), brand_id: z.string(), vendor_id: text, agent_id: text };

export const populationRead = {
  name: 'sample_population',
  parameters: z.object(listed),
  row: z.object({ ...owner, started_on: z.iso.date(), request_type: text, channel: text }),
};

export const risksRead = {
  name: 'sample_risks',
  parameters: z.object({
    ...listed,
    rules: z.array(z.enum(riskRules)),
    phrases: z.array(z.string()),
    high_value_minor: z.int(),
  }),
  row: z.object({ ...owner, reasons: z.array(z.enum(riskRules)) }),
};
