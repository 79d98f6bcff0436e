/** A stretch of time, in milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * When a calendar is open, sorted and disjoint, known up to `knownUntil`; null intervals: always open.
 */
export interface OpenHours {
  readonly intervals: readonly Stretch[] | null;
  readonly knownUntil: number;
}

export const alwaysOpen: OpenHours = { intervals: null, knownUntil: Number.POSITIVE_INFINITY };

/** Counts the open seconds between two instants; null where the hours are not known that far. */
export function openSeconds(hours: OpenHours, { from, to }: Stretch): number | null {
  if (to > hours.knownUntil) return null;
  return openParts(hours, { from, to }).reduce((sum, part) => sum + part.to - part.from, 0) / 1000;
}

/** The open stretches between two instants, as far as the hours are known. */
export function openParts(hours: OpenHours, { from, to }: Stretch): Stretch[] {
  if (hours.intervals === null) return to > from ? [{ from, to }] : [];
  return hours.intervals
    .filter((interval) => interval.to > from && interval.from < to)
    .map((interval) => ({ from: Math.max(interval.from, from), to: Math.min(interval.to, to) }));
}

/** Whether it is open at an instant; null where the hours are not known that far. */
export function isOpenAt(hours: OpenHours, at: number): boolean | null {
  if (at >= hours.knownUntil) return null;
  return hours.intervals?.some((interval) => interval.from <= at && at < interval.to) ?? true;
}

/** The instant at which a limit has run out; null where it lies beyond the hours known. */
export function deadlineOf(
  hours: OpenHours,
  from: number,
  limitSeconds: number,
  clock: 'calendar' | 'business',
): number | null {
  let left = limitSeconds * 1000;
  if (clock === 'calendar' || hours.intervals === null) return from + left;
  for (const part of openParts(hours, { from, to: hours.knownUntil })) {
    if (part.to - part.from >= left) return part.from + left;
    left -= part.to - part.from;
  }
  return null;
}
