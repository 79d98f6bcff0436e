import { dateFormat } from './intl.ts';

/** When a local day begins, in milliseconds since 1970; its offset is that of the UTC midnight of the same name, looked at twice for days when clocks change. */
export function startOfDay(day: string, timezone: string): number {
  const midnight = Date.parse(day);
  const guess = midnight - offsetAt(midnight, timezone);
  return midnight - offsetAt(guess, timezone);
}

function offsetAt(at: number, timezone: string): number {
  const local = dateFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return Date.parse(`${local.replace(' ', 'T')}Z`) - at;
}
