import { z } from 'zod';
import { type Allowed, type ParameterFault, allowedText } from '#lib/i18n/parameter_fault.ts';
import { translator } from '#lib/i18n/translator.ts';
import { channels, platforms, priorities, severities } from '#lib/metrics/case_fields.ts';
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

/** A value in a URL that cannot be: `fault` is for pages, in any language; the message says the same in English. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
  readonly fault: ParameterFault;

  constructor(given: Readonly<Record<string, string>>, allowed: Allowed) {
    const found = Object.entries(given)
      .map(([name, value]) => `${name}=${value.slice(0, 80)}`)
      .join(', ');
    super(`${found} cannot be used. ${allowedText(translator('en'), allowed)}`);
    this.fault = { found, allowed };
  }
}

const maximumDays = 3 * 366;
const maximumKeys = 50;
const maximumKeyCharacters = 200;
export const day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2100-01-01');

/** Reads the parameters that all pages share; without a period, the last full month that the data covers. Errors: FilterError. */
export function readFilter(params: URLSearchParams, config: Config, asOf: string): Filter {
  const fallback = lastFullMonth(localDay(asOf, config.timezone));
  const from = readDay(params, 'from') ?? fallback.from;
  const until = readDay(params, 'until') ?? addDays(fallback.to, -1);
  const period = { from, to: addDays(until, 1) };
  if (from > until || daysOf(period) > maximumDays)
    throw new FilterError({ from, until }, { kind: 'period', most: maximumDays });
  const comparison = readChoice(params, 'compare', ['previous', 'year', 'none']) ?? 'previous';
  const comparedWith = { previous: previousPeriod, year: yearBefore, none: () => null }[comparison](period);
  const clock = readChoice(params, 'clock', ['calendar', 'business']);
  return { period, comparison, comparedWith, clock, keys: readKeys(params, config) };
}

/** Reads one parameter by a schema; null where it is absent or empty. Errors: FilterError. */
export function readOne<T>(params: URLSearchParams, name: string, schema: z.ZodType<T>, allowed: Allowed): T | null {
  const text = params.get(name);
  if (text === null || text === '') return null;
  const parsed = schema.safeParse(text);
  if (!parsed.success) throw new FilterError({ [name]: text }, allowed);
  return parsed.data;
}

/** Reads one parameter that has a list of values; null where it is absent or empty. Errors: FilterError. */
export function readChoice<T extends string>(params: URLSearchParams, name: string, values: readonly T[]): T | null {
  return readOne(params, name, z.enum(values), { kind: 'values', values });
}

/** Reads one parameter that is a day of this century, YYYY-MM-DD; null where it is absent or empty. Errors: FilterError. */
export function readDay(params: URLSearchParams, name: string): string | null {
  return readOne(params, name, day, { kind: 'day' });
}

function readKeys(params: URLSearchParams, config: Config): Keys {
  const keys: Partial<Record<KeyDimension, readonly string[]>> = {};
  for (const dimension of keyDimensions) {
    const given = [...new Set(params.getAll(dimension))];
    if (given.length === 0) continue;
    if (given.length > maximumKeys)
      throw new FilterError({ [dimension]: given.join(',') }, { kind: 'count', most: maximumKeys });
    const allowed = allowedKeys(dimension, config);
    const wrong = given.find(
      (key) => key !== '' && !(allowed?.includes(key) ?? (key.length <= maximumKeyCharacters && !key.includes('\0'))),
    );
    if (wrong !== undefined)
      throw new FilterError(
        { [dimension]: wrong },
        allowed ? { kind: 'values', values: allowed } : { kind: 'characters', most: maximumKeyCharacters },
      );
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
      return channels;
    case 'severity':
      return severities;
    case 'priority':
      return priorities;
    default:
      return null;
  }
}
