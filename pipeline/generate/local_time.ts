export const DAY = 86400;
export const HOUR = 3600;

/** Returns the number of a local day, counted from 1970-01-01, of a date written YYYY-MM-DD. */
export function dayOf(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}

export const FIRST_DAY = dayOf('2025-10-01');
export const LAST_DAY = dayOf('2026-10-31');
export const FIRST_ORDER_DAY = dayOf('2025-09-01');
/** Nothing is known after this local second: the moment of the nightly export, 2026-11-01 02:30. */
export const CUT_OFF = (LAST_DAY + 1) * DAY + 2 * HOUR + 1800;

const EARLIEST_TEXT_DAY = FIRST_ORDER_DAY - 30;
const DATES = dayTexts();
const CLOCK = Array.from(
  { length: DAY },
  (_, s) => `${pad2(Math.floor(s / HOUR))}:${pad2(Math.floor(s / 60) % 60)}:${pad2(s % 60)}`,
);

/** Writes a local second as YYYY-MM-DD HH:MM:SS; nothing for 0 or after the cut-off. */
export function writeInstant(second: number): string {
  if (second === 0 || second > CUT_OFF) return '';
  const day = Math.floor(second / DAY);
  return (DATES[day - EARLIEST_TEXT_DAY] ?? '') + (CLOCK[second - day * DAY] ?? '');
}

/** Writes a local second as YYYY/MM/DD HH:MM:SS, as spreadsheets do; nothing for 0 or after the cut-off. */
export function writeSlashedInstant(second: number): string {
  return writeInstant(second).replaceAll('-', '/');
}

/** Writes a local day number as YYYY-MM-DD. */
export function writeDay(day: number): string {
  return (DATES[day - EARLIEST_TEXT_DAY] ?? '').trimEnd();
}

/** Returns the second of the local day. */
export function secondOfDay(second: number): number {
  return second % DAY;
}

/** Moves a local second outside the given hours of the day to the first of them after it, some minutes late. */
export function within(second: number, fromHour: number, untilHour: number): number {
  const day = Math.floor(second / DAY);
  const hour = (second - day * DAY) / HOUR;
  if (hour >= fromHour && hour < untilHour) return second;
  return (hour < fromHour ? day : day + 1) * DAY + fromHour * HOUR + (second % 5400);
}

/** Returns the weekday of a local day, 0 for Sunday. */
export function weekdayOf(day: number): number {
  return (day + 4) % 7;
}

function dayTexts(): string[] {
  return Array.from(
    { length: Math.floor(CUT_OFF / DAY) - EARLIEST_TEXT_DAY + 1 },
    (_, k) => new Date((EARLIEST_TEXT_DAY + k) * 86_400_000).toISOString().slice(0, 10) + ' ',
  );
}

function pad2(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

/** Returns the instant if it is known by the cut-off, else 0. */
export function known(second: number): number {
  return second > CUT_OFF ? 0 : second;
}
