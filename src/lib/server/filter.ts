import { z } from 'zod';
import { type KeyDimension, type Keys, keyDimensions } from '#lib/metrics/dimensions.ts';
import {
  type Period,
  addDays,
  daysOf,
  lastFullMonth,
  localDay,
  previousPeriod,
  yearBefore,
} from '#lib/metrics/period.ts';
import { platforms } from './config_schema.ts';
import type { Config } from './config.ts';

/** What a page is asked to show, as its URL says it: the link is the view. */
export interface Filter {
  period: Period;
  comparison: 'previous' | 'year' | 'none';
  /** The period compared with; null where nothing is. */
  comparedWith: Period | null;
  keys: Keys;
  clock: 'calendar' | 'business' | null;
}

/** A value in a URL that cannot be: which parameter, what was found, what may stand there. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}

const maximumDays = 3 * 366;
const maximumKeys = 50;
export const day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2100-01-01');

/** Reads the parameters that all pages share; without a period, the last full month that the data covers. Errors: FilterError. */
export function readFilter(params: URLSearchParams, config: Config, asOf: string): Filter {
  const fallback = lastFullMonth(localDay(asOf, config.timezone));
  const from = readOne(params, 'from', day, 'a day such as 2026-10-01') ?? fallback.from;
  const until =
    readOne(params, 'until', day, 'a day such as 2026-10-31, the last of the period') ?? addDays(fallback.to, -1);
  const period = { from, to: addDays(until, 1) };
  if (from > until || daysOf(period) > maximumDays)
    throw new FilterError(`from=${from}, until=${until}: a period of 1 to ${maximumDays} days`);
  const comparison =
    readOne(params, 'compare', z.enum(['previous', 'year', 'none']), 'previous, year or none') ?? 'previous';
  const comparedWith = { previous: previousPeriod, year: yearBefore, none: () => null }[comparison](period);
  const clock = readOne(params, 'clock', z.enum(['calendar', 'business']), 'calendar or business') ?? null;
  return { period, comparison, comparedWith, clock, keys: readKeys(params, config) };
}

/** Reads one parameter by a schema; null where it is absent or empty. Errors: FilterError. */
export function readOne<T>(params: URLSearchParams, name: string, schema: z.ZodType<T>, allowed: string): T | null {
  const text = params.get(name);
  if (text === null || text === '') return null;
  const parsed = schema.safeParse(text);
  if (!parsed.success) throw new FilterError(`${name}=${text.slice(0, 80)}: ${allowed}`);
  return parsed.data;
}

function readKeys(params: URLSearchParams, config: Config): Keys {
  const keys: Partial<Record<KeyDimension, readonly string[]>> = {};
  for (const dimension of keyDimensions) {
    const given = [...new Set(params.getAll(dimension))];
    if (given.length === 0) continue;
    if (given.length > maximumKeys) throw new FilterError(`${dimension}: at most ${maximumKeys} values`);
    const allowed = allowedKeys(dimension, config);
    const wrong = given.find(
      (key) => key !== '' && !(allowed?.includes(key) ?? (key.length <= 200 && !key.includes('\0'))),
    );
    if (wrong !== undefined)
      throw new FilterError(`${dimension}=${wrong.slice(0, 80)}: ${allowed?.join(', ') ?? 'a shorter text'}`);
    keys[dimension] = given;
  }
  return keys;
}

/** The keys a dimension can have; null where the data decides. */
function allowedKeys(dimension: KeyDimension, config: Config): readonly string[] | null {
  switch (dimension) {
    case 'brand':
      return config.brands.map(({ id }) => id);
    case 'vendor':
      return config.vendors.map(({ id }) => id);
    case 'platform':
      return platforms;
    case 'channel':
      return ['chat', 'phone', 'email', 'social', 'form', 'platform'];
    case 'severity':
      return ['A', 'B', 'C'];
    case 'priority':
      return ['1', '2', '3'];
    default:
      return null;
  }
}
