import { type OpenHours, type Stretch, isOpenAt, openParts, openSeconds } from './open_hours.ts';

/** Something that happened at an instant (milliseconds since 1970). */
export interface Dated {
  readonly at: number;
}

/** A row of a timeline: an entry, a day that begins, or the time between two entries; isOpen is null where the hours are unknown. */
export type Row<T extends Dated> =
  | { kind: 'entry'; entry: T; isOpen: boolean | null }
  | { kind: 'day'; day: string; isOpen: boolean | null }
  | { kind: 'gap'; gap: Gap };

/** Time between two entries; a folded one is longer than can be drawn to scale. */
export interface Gap extends Stretch {
  seconds: number;
  /** Seconds of it inside opening hours; null where those are not known. */
  openSeconds: number | null;
  /** Open stretches as fractions of the gap from its begin; null where the hours are not known or too many to tell apart. */
  open: readonly { from: number; to: number }[] | null;
  isFolded: boolean;
  /** How tall it is drawn, in pixels. */
  height: number;
}

export const foldedAfterSeconds = 15 * 60;
const pixelsPerMinute = 4;
const foldedHeight = 44;
/** More turns of open and closed than this are not told apart at the height of a folded gap. */
const maximumParts = 20;

/** Lays entries, sorted by time, along the day: gaps to scale, long ones folded, a mark where a local day begins. */
export function layOut<T extends Dated>(
  entries: readonly T[],
  hours: OpenHours,
  dayOf: (at: number) => string,
): Row<T>[] {
  const rows: Row<T>[] = [];
  let before: T | null = null;
  for (const entry of entries) {
    if (before !== null && entry.at > before.at)
      rows.push({ kind: 'gap', gap: gapBetween(hours, { from: before.at, to: entry.at }) });
    const isOpen = isOpenAt(hours, entry.at);
    const day = dayOf(entry.at);
    if (before === null || dayOf(before.at) !== day) rows.push({ kind: 'day', day, isOpen });
    rows.push({ kind: 'entry', entry, isOpen });
    before = entry;
  }
  return rows;
}

function gapBetween(hours: OpenHours, { from, to }: Stretch): Gap {
  const seconds = (to - from) / 1000;
  const isFolded = seconds > foldedAfterSeconds;
  const parts = openParts(hours, { from, to });
  const open = openSeconds(hours, { from, to });
  const fraction = (at: number): number => (at - from) / (to - from);
  return {
    from,
    to,
    seconds,
    openSeconds: open,
    open:
      open === null || parts.length > maximumParts
        ? null
        : parts.map((part) => ({ from: fraction(part.from), to: fraction(part.to) })),
    isFolded,
    height: isFolded ? foldedHeight : Math.round((seconds / 60) * pixelsPerMinute),
  };
}

/** Puts entries in the order of time; those of one instant keep the order in which they are given. */
export function inOrder<T extends Dated>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => a.at - b.at);
}
