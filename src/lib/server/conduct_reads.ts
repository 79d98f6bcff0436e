import { z } from 'zod';
import { conductChecks } from '#lib/qa/conduct.ts';

const text = z.string().nullable();
const check = z.enum(conductChecks);
const listed = { from: z.string(), to: z.string(), keys: z.string() };

export const caseConductRead = {
  name: 'case_conduct',
  parameters: z.object({ case_key: z.int() }),
  row: z.object({ check, passed: z.boolean(), message_id: text, shown_at: text, detail: text }),
};

export const conductTotalsRead = {
  name: 'conduct_totals',
  parameters: z.object({ ...listed, by: z.enum(['vendor', 'agent']).nullable() }),
  row: z.object({ check, key: text, cases: z.int(), failed: z.int() }),
};

export const conductListRead = {
  name: 'conduct_list',
  parameters: z.object({ ...listed, check, limit: z.int(), offset: z.int() }),
  row: z.object({
    case_id: z.string(),
    started_on: z.string(),
    brand_id: z.string(),
    vendor_id: text,
    agent_id: text,
    message_id: text,
    shown_at: text,
    detail: text,
  }),
};

export const conductVerdictsRead = {
  name: 'conduct_verdicts',
  parameters: z.object({ case_ids: z.array(z.string()) }),
  row: z.object({ case_id: z.string(), check, passed: z.boolean() }),
};
