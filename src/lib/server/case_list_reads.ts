import { z } from 'zod';
import { caseKinds, caseSorts } from '#lib/metrics/case_list.ts';
import { isMetricId } from '#lib/metrics/registry.ts';

const clock = z.enum(['calendar', 'business']);
const kpiParameters = {
  metric: z.string().refine(isMetricId),
  kind: z.enum(caseKinds),
  is_down: z.boolean(),
};
const clockParameters = { response_clock: clock, solution_clock: clock };
const periodParameters = { from: z.iso.date(), to: z.iso.date(), keys: z.string() };
const flaggedParameter = { with_flagged: z.boolean() };
const listParameters = {
  ...periodParameters,
  ...clockParameters,
  sort: z.enum(caseSorts),
  sign: z.int(),
  way: z.int(),
  after_rank: z.number().nullable(),
  after_place: z.int().nullable(),
  after_item: z.int().nullable(),
  limit: z.int(),
};
const searchParameters = {
  words: z.array(z.string()),
  id: z.string(),
  first_key: z.int().nullable(),
  last_key: z.int().nullable(),
};
const kpiClock = { clock };
const listColumns = { case_key: z.int(), item_key: z.int(), measure: z.number().nullable() };
const searchColumns = { excerpt: z.string().nullable(), found: z.int() };
const kpiColumns = {
  item_id: z.string().nullable(),
  day: z.string(),
  state: z.enum(['met', 'late', 'breached', 'pending', 'counted']),
  numerator: z.int(),
  value: z.number().nullable(),
  currency: z.string().nullable(),
};
const reachRow = z.object({ rows: z.int(), first_key: z.int().nullable(), last_key: z.int().nullable() });

export const listRead = {
  name: 'case_list',
  parameters: z.object({ ...listParameters, ...flaggedParameter }),
  row: z.object(listColumns),
};

export const searchRead = {
  name: 'case_search',
  parameters: z.object({ ...listParameters, ...flaggedParameter, ...searchParameters }),
  row: z.object({ ...listColumns, ...searchColumns }),
};

export const kpiListRead = {
  name: 'kpi_case_list',
  parameters: z.object({ ...listParameters, ...kpiParameters, ...kpiClock }),
  row: z.object({ ...listColumns, ...kpiColumns }),
};

export const kpiSearchRead = {
  name: 'kpi_case_search',
  parameters: z.object({ ...listParameters, ...kpiParameters, ...kpiClock, ...searchParameters }),
  row: z.object({ ...listColumns, ...kpiColumns, ...searchColumns }),
};

export const detailsRead = {
  name: 'case_list_details',
  parameters: z.object({ ...clockParameters, case_keys: z.array(z.string()) }),
  row: z.object({
    case_key: z.int(),
    case_id: z.string(),
    is_ticket: z.boolean(),
    is_flagged: z.boolean(),
    order_id: z.string().nullable(),
    started_at: z.string(),
    brand_id: z.string(),
    vendor_id: z.string().nullable(),
    platform: z.string().nullable(),
    request_type: z.string().nullable(),
    agent_id: z.string().nullable(),
    reason_agent: z.string().nullable(),
    reason_buyer: z.string().nullable(),
    first_response_seconds: z.number().nullable(),
    solution_seconds: z.number().nullable(),
    messages: z.int(),
    reopens: z.int(),
    csat_score: z.int().nullable(),
  }),
};

export const reachRead = {
  name: 'case_reach',
  parameters: z.object({ ...periodParameters, ...flaggedParameter }),
  row: reachRow,
};

export const kpiReachRead = {
  name: 'kpi_case_reach',
  parameters: z.object({ ...periodParameters, ...kpiParameters }),
  row: reachRow,
};

export const byIdRead = {
  name: 'case_by_id',
  parameters: z.object({ id: z.string(), limit: z.int() }),
  row: z.object({ case_id: z.string(), started_on: z.string(), is_flagged: z.boolean() }),
};

export const keyOptionsRead = {
  name: 'case_key_options',
  parameters: z.object({ from: z.iso.date(), to: z.iso.date(), limit: z.int() }),
  row: z.object({ dimension: z.enum(['agent', 'sku']), key: z.string() }),
};
