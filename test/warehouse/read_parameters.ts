import fc from 'fast-check';
import { z } from 'zod';
import { keyDimensions } from '#lib/metrics/dimensions.ts';
import { metricIds } from '#lib/metrics/registry.ts';
import { riskRules } from '#lib/server/sample_reads.ts';
import type { ReadDefinition } from './read_definitions.ts';

const text = z.string().nullable();
const drawnCase = z.object({
  case_key: z.int(),
  case_id: z.string(),
  ticket_id: text,
  order_id: text,
  customer_id: text,
  brand_id: z.string(),
  vendor_id: text,
  agent_id: text,
  sku_id: text,
  platform: text,
  channel: text,
  request_type: text,
  reason_agent: text,
  reason_buyer: text,
  calendar: text,
  terms_id: z.int(),
  merged_into_key: z.int().nullable(),
  start_at: z.string(),
  refunds: z.int(),
  said: text,
  message_id: text,
});
type DrawnCase = z.output<typeof drawnCase>;

/** What parameters are drawn from: every case of a snapshot, whoever's, with a message of it. */
export const casesSql = `
  select
    case_key, case_id, ticket_id, order_id, customer_id, brand_id, vendor_id, agent_id, sku_id, platform, channel, request_type,
    reason_agent, reason_buyer, calendar, terms_id, merged_into_key, start_at::varchar as start_at, refunds,
    (select min(m.body) from marts.messages as m where m.case_key = c.case_key) as said,
    (select min(m.message_id) from marts.messages as m where m.case_key = c.case_key) as message_id
  from marts.cases as c
  order by case_key`;

const firstDay = fc.constantFrom('2026-02-20', '2026-03-01', '2026-03-08', '2026-03-16', '2026-03-20');
const endDay = fc.constantFrom('2026-03-08', '2026-03-16', '2026-03-25', '2026-04-20', '2026-04-20');
const small = fc.integer({ min: 0, max: 400 });

/** Draws parameters for a read: by their types where these say enough, else by their names, those of one case together. */
export function parametersFor(
  { name, parameters }: ReadDefinition,
  rows: readonly unknown[],
): fc.Arbitrary<Record<string, unknown>> {
  const cases = z.array(drawnCase).parse(rows);
  const valuesOf = (field: keyof DrawnCase): string[] =>
    [...new Set(cases.flatMap((row) => row[field] ?? []))].map(String).sort();
  const caseKeys = valuesOf('case_key');
  const named: Record<string, (row: DrawnCase) => fc.Arbitrary<unknown>> = {
    ...each(['platform', 'channel', 'request_type', 'reason_agent', 'reason_buyer'], (list) =>
      fc.constant(valuesOf(list)),
    ),
    ...each(['limit', 'most', 'most_characters'], () => fc.constantFrom(1, 5, 50, 1000)),
    ...each(['sign', 'way'], () => fc.constantFrom(1, -1)),
    ...each(['case_keys', 'found_keys'], () =>
      fc.oneof(fc.constant(caseKeys), fc.subarray(caseKeys, { minLength: 1 })),
    ),
    ...each(['first_key', 'least_key'], () => fc.constantFrom(0, 0, 100)),
    ...each(['last_key', 'greatest_key'], () => fc.constantFrom(200, 100_000, 100_000)),
    ...each(['edges', 'tiers'], () => fc.constant(['0', '60', '3600', '20000'])),
    ...each(['source', 'table', 'column', 'reason'], () => fc.constant(null)),
    brand: () => fc.constant(valuesOf('brand_id')),
    vendor: () => fc.constant(valuesOf('vendor_id')),
    from: () => firstDay,
    to: () => endDay,
    keys: keysOf,
    metric: () => fc.constantFrom(...metricIds),
    metrics: () => fc.subarray([...metricIds], { minLength: 1 }),
    id: (row) => fc.constantFrom(row.case_id, row.ticket_id ?? row.case_id, row.order_id ?? row.case_id, 'none'),
    words: ({ said }) => fc.constantFrom([(said ?? '').slice(0, 2)], ['在吗', '急'], ['hello'], ['nobody says this']),
    sku_id: (row) => fc.constantFrom(row.sku_id ?? 'sku-1', 'sku-1'),
    brand_id: (row) => fc.constant(row.brand_id),
    customer_id: (row) => fc.constant(row.customer_id),
    order_id: (row) => fc.constant(row.order_id),
    merged_into_key: (row) => fc.constant(row.merged_into_key),
    start_at: (row) => fc.constant(row.start_at),
    terms_id: (row) => fc.constant(row.terms_id),
    calendar: (row) => fc.constant(row.calendar ?? ''),
    message_id: (row) => fc.constant(row.message_id ?? 'none'),
    case_key: (row) => fc.constant(row.case_key),
    case_id: (row) => fc.constantFrom(row.case_id, row.case_id, row.case_id.toUpperCase(), ''),
    after_rank: () => fc.option(fc.integer({ min: -5000, max: 5000 })),
    after_place: () => fc.option(fc.integer({ min: -400, max: 400 }), { freq: 2 }),
    after_item: () => fc.constantFrom(0, 1),
    offset: () => fc.constantFrom(0, 0, 3),
    still_hours: () => small,
    remote_still_hours: () => small,
    remote_regions: () => fc.constant(['新疆', '西藏']),
    open_days: () => fc.constantFrom(1, 15, 60),
    rules: () => fc.subarray([...riskRules], { minLength: 1 }),
    case_ids: () => fc.oneof(fc.constant(valuesOf('case_id')), fc.subarray(valuesOf('case_id'))),
    phrases: ({ said }) => fc.constantFrom([], [(said ?? '在吗').slice(0, 2)]),
    high_value_minor: () => fc.constantFrom(0, 5000, 1_000_000),
  };
  const one = (parameter: string, schema: unknown, row: DrawnCase): fc.Arbitrary<unknown> => {
    const known = typed(schema) ?? named[parameter]?.(row);
    if (!known) throw new Error(`nobody draws the parameter ${parameter} of ${name}`);
    return known;
  };
  const refunded = cases.filter(({ refunds }) => refunds > 0);
  return fc
    .oneof(fc.constantFrom(...refunded), fc.constantFrom(...cases))
    .chain((row) =>
      fc.record(
        Object.fromEntries(Object.entries(parameters.shape).map(([key, schema]) => [key, one(key, schema, row)])),
      ),
    );
}

/** The same for parameters of several names. */
function each<Name extends string>(
  names: readonly Name[],
  draw: (name: Name) => fc.Arbitrary<unknown>,
): Record<string, () => fc.Arbitrary<unknown>> {
  return Object.fromEntries(names.map((name) => [name, () => draw(name)]));
}

/** Values of a type that has only a few; null for any other. */
function typed(schema: unknown): fc.Arbitrary<unknown> | null {
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodEnum)
    return fc.oneof(fc.constant(schema.element.options), fc.subarray([...schema.element.options], { minLength: 1 }));
  const inner = schema instanceof z.ZodNullable ? typed(schema.unwrap()) : null;
  return inner && fc.option(inner);
}

/** Keys somebody picked: of any dimension, mostly of the case drawn, '' for none. */
function keysOf(row: DrawnCase): fc.Arbitrary<string> {
  const own: Record<string, string | number | null> = {
    ...row,
    brand: row.brand_id,
    vendor: row.vendor_id,
    agent: row.agent_id,
    sku: row.sku_id,
  };
  const picked = fc
    .constantFrom(...keyDimensions)
    .chain((dimension) =>
      fc
        .subarray([String(own[dimension] ?? ''), '', 'nobody'], { minLength: 1 })
        .map((keys) => ({ [dimension]: keys })),
    );
  return fc
    .oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: picked })
    .map((keys) => JSON.stringify(keys));
}
