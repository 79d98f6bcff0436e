import { dateFormat } from './intl.ts';
const dayMs = 86_400_000;

/** Local days YYYY-MM-DD, `to` exclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Adds days to a local day; negative ones go back. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** Counts the days of a period. */
export function daysOf({ from, to }: Period): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** The local day of an instant in a time zone, as YYYY-MM-DD. */
export function localDay(instant: string, timezone: string): string {
  return dateFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(new Date(instant));
}

/** Moves the first of a month by whole months. */
function addMonths(firstOfMonth: string, months: number): string {
  const date = new Date(Date.parse(firstOfMonth));
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

function isFirstOfMonth(day: string): boolean {
  return day.endsWith('-01');
}

/** The calendar month, YYYY-MM, as a period. */
export function monthPeriod(month: string): Period {
  const from = `${month}-01`;
  return { from, to: addMonths(from, 1) };
}

/** The last calendar month that is over on a local day. */
export function lastFullMonth(today: string): Period {
  const to = `${today.slice(0, 7)}-01`;
  return { from: addMonths(to, -1), to };
}

/** How many whole calendar months a period covers, null where it does not begin and end with a month. */
export function wholeMonths({ from, to }: Period): number | null {
  if (!isFirstOfMonth(from) || !isFirstOfMonth(to)) return null;
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
}

/** The period of the same length just before: whole months where the period is, else as many days. */
export function previousPeriod(period: Period): Period {
  const months = wholeMonths(period);
  return {
    from: months === null ? addDays(period.from, -daysOf(period)) : addMonths(period.from, -months),
    to: period.from,
  };
}

/** The same period a year before; 29 February becomes 1 March. */
export function yearBefore({ from, to }: Period): Period {
  const back = (day: string): string => addDays(`${Number(day.slice(0, 4)) - 1}-${day.slice(5)}`, 0);
  return { from: back(from), to: back(to) };
}

export type Grain = 'day' | 'week' | 'month';

/** The key of the day, week (its Monday) or month that a local day is in, as `kpi --by` writes it. */
export function keyOfDay(grain: Grain, day: string): string {
  if (grain === 'day') return day;
  if (grain === 'month') return day.slice(0, 7);
  return addDays(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7));
}

/** The day, week or month of a key as a period. */
export function periodOfKey(grain: Grain, key: string): Period {
  if (grain === 'month') return monthPeriod(key);
  return { from: key, to: addDays(key, grain === 'week' ? 7 : 1) };
}

/** Every key of a grain that a period touches, in order, so that a gap in the data shows as a gap. */
export function keysOfPeriod(grain: Grain, period: Period): string[] {
  const keys: string[] = [];
  for (let key = keyOfDay(grain, period.from); periodOfKey(grain, key).from < period.to;) {
    keys.push(key);
    key = keyOfDay(grain, periodOfKey(grain, key).to);
  }
  return keys;
}
