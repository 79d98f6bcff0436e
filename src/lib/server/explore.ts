import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Keys } from '#lib/metrics/dimensions.ts';
import { type Period, daysOf } from '#lib/metrics/period.ts';
import { type MetricId, isMetricId } from '#lib/metrics/registry.ts';
import {
  type Numbers,
  type Slice,
  type SliceDimension,
  bySliceDimension,
  sliceDimensions,
} from '#lib/metrics/slice.ts';
import { type Columns, readColumns } from './columns.ts';
import { toKeysParameter } from './kpis.ts';
import { type Warehouse, read } from './warehouse.ts';
import type { Scope } from '#lib/access/principal.ts';

/** What a slice is of: local days; keys of dimensions that are not explored are picked before counting. */
export interface SliceAsked {
  metric: MetricId;
  period: Period;
  keys: Keys;
}

/** More rows than a browser should be sent; a shorter period has fewer. */
export const maximumRows = 1_000_000;
const keptSlices = 4;

const keys = z.array(z.string());
const position = z.int();
const counted = {
  metric: z.string().refine(isMetricId),
  from: z.iso.date(),
  to: z.iso.date(),
  keys: z.string(),
};

export const keysRead = {
  name: 'explore_keys',
  parameters: z.object(counted),
  row: z.object({ dimension: z.enum(sliceDimensions), key: z.string() }),
};

export const sliceRead = {
  name: 'explore_slice',
  parameters: z.object({ ...counted, ...bySliceDimension(() => keys) }),
  row: z.object({
    day: position,
    ...bySliceDimension(() => position),
    numerator: z.int(),
    denominator: z.int(),
    pending: z.int(),
  }),
};

/** Slices made before, by snapshot. */
const made = new WeakMap<Warehouse, LRUCache<string, Promise<Slice | null>>>();

/** What a KPI counted by day and keys, for the charts of one period to be crossed with each other; null where it has more than `maximumRows`. */
export async function slice(warehouse: Warehouse, scope: Scope, asked: SliceAsked): Promise<Slice | null> {
  if (warehouse.answers === null) return makeSlice(warehouse, scope, asked);
  const slices = made.get(warehouse) ?? new LRUCache({ max: keptSlices });
  made.set(warehouse, slices);
  const key = JSON.stringify([scope, asked]);
  const known = slices.get(key);
  if (known) return known;
  const making = makeSlice(warehouse, scope, asked);
  slices.set(key, making);
  making.catch(() => slices.delete(key));
  return making;
}

async function makeSlice(warehouse: Warehouse, scope: Scope, asked: SliceAsked): Promise<Slice | null> {
  const { metric, period } = asked;
  const parameters = { metric, from: period.from, to: period.to, keys: toKeysParameter(asked.keys) };
  const known = await read(warehouse, scope, keysRead, parameters);
  const keysOf = bySliceDimension((dimension) =>
    known.filter((row) => row.dimension === dimension).map(({ key }) => key),
  );
  const columns = await readColumns(warehouse, scope, sliceRead, { ...parameters, ...keysOf }, maximumRows);
  return columns && toSlice(columns, daysOf(period), keysOf);
}

function toSlice(columns: Columns, days: number, keysOf: Readonly<Record<SliceDimension, readonly string[]>>): Slice {
  const column = (name: string): Numbers => {
    const numbers = columns.get(name);
    if (!numbers) throw new Error(`${sliceRead.name} has no column ${name}`);
    return numbers;
  };
  return {
    days,
    day: column('day'),
    dimensions: bySliceDimension((dimension) => ({ keys: ['', ...keysOf[dimension]], codes: column(dimension) })),
    numerator: column('numerator'),
    denominator: column('denominator'),
    pending: column('pending'),
  };
}
