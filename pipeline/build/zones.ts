/** A zone whose clocks have not changed since an instant can be read by adding seconds; null where they still change. */
export interface Zone {
  timezone: string;
  fixedSince: string | null;
  offsetSeconds: number | null;
}

const firstProbe = Date.UTC(1970, 0, 1);
const lastProbe = Date.UTC(2045, 0, 1);
const dayMilliseconds = 86_400_000;
const known = new Map<string, Zone>();

/** Describes a zone: since when its offset (seconds east of UTC) has not changed, as a local timestamp with a day to spare. */
export function describeZone(timezone: string): Zone {
  const found = known.get(timezone) ?? probeZone(timezone);
  known.set(timezone, found);
  return found;
}

function probeZone(timezone: string): Zone {
  const format = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' });
  const offsetSeconds = offsetAt(format, lastProbe);
  let changedBy = firstProbe;
  for (let probe = lastProbe; probe > firstProbe; probe -= 15 * dayMilliseconds) {
    if (offsetAt(format, probe) === offsetSeconds) continue;
    changedBy = probe + 17 * dayMilliseconds;
    break;
  }
  if (changedBy > Date.UTC(2030, 0, 1)) return { timezone, fixedSince: null, offsetSeconds: null };
  return { timezone, fixedSince: new Date(changedBy).toISOString().slice(0, 19).replace('T', ' '), offsetSeconds };
}

function offsetAt(format: Intl.DateTimeFormat, milliseconds: number): number {
  const name = format.formatToParts(milliseconds).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}
