import { type Period, addDays, daysOf } from '#lib/metrics/period.ts';
import { type SliceDimension, type SliceFilter, bySliceDimension, sliceDimensions } from '#lib/metrics/slice.ts';

/** Which of the two reasons is listed. */
export type Reasons = Extract<SliceDimension, 'reason_buyer' | 'reason_agent'>;

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Reads what an address picks of a slice. Days outside the period count as its ends, unreadable ones as none. */
export function readChoices(params: URLSearchParams, period: Period): SliceFilter {
  const days = daysOf(period);
  const from = offsetOf(params.get('bfrom'), period) ?? 0;
  const to = (offsetOf(params.get('buntil'), period) ?? days - 1) + 1;
  const picked = { from: Math.max(0, from), to: Math.min(days, to) };
  const isSome = picked.from < picked.to && (picked.from > 0 || picked.to < days);
  const keys = bySliceDimension((dimension) => [...new Set(params.getAll(dimension))]);
  return {
    days: isSome ? picked : null,
    keys: Object.fromEntries(Object.entries(keys).filter(([, some]) => some.length > 0)),
  };
}

/** Writes what is picked of a slice as parameters of an address. */
export function writeChoices(
  { days, keys }: SliceFilter,
  period: Period,
): Record<string, string | readonly string[] | null> {
  return {
    ...Object.fromEntries(sliceDimensions.map((dimension) => [dimension, keys[dimension] ?? null])),
    bfrom: days && addDays(period.from, days.from),
    buntil: days && addDays(period.from, days.to - 1),
  };
}

/** Reads which reason is listed: the one named, else the one something is picked of, else the buyer's. */
export function readReasons(params: URLSearchParams): Reasons {
  const named = params.get('reasons');
  if (named === 'reason_agent' || named === 'reason_buyer') return named;
  return params.has('reason_agent') && !params.has('reason_buyer') ? 'reason_agent' : 'reason_buyer';
}

/** Picks one key more, or one less. */
export function toggled(picked: SliceFilter, dimension: SliceDimension, key: string): SliceFilter {
  const { [dimension]: before = [], ...others } = picked.keys;
  const after = before.includes(key) ? before.filter((one) => one !== key) : [...before, key];
  return { ...picked, keys: after.length === 0 ? others : { ...others, [dimension]: after } };
}

export function isEverything({ days, keys }: SliceFilter): boolean {
  return days === null && Object.keys(keys).length === 0;
}

function offsetOf(text: string | null, period: Period): number | null {
  return text !== null && day.test(text) && !Number.isNaN(Date.parse(text))
    ? daysOf({ from: period.from, to: text })
    : null;
}
