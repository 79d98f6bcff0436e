/** Days picked, after the first of the period; `to` exclusive. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

/** What is being dragged: a new range from a day on, the range itself held at a day, or one of its ends. */
export type Grip =
  { kind: 'new'; day: number } | { kind: 'whole'; day: number; held: Days } | { kind: 'from' | 'to'; held: Days };

/** The days picked while the pointer is over a day, in a period of so many days. */
export function dragged(grip: Grip, day: number, days: number): Days {
  const over = Math.min(Math.max(day, 0), days - 1);
  switch (grip.kind) {
    case 'new':
      return { from: Math.min(grip.day, over), to: Math.max(grip.day, over) + 1 };
    case 'whole': {
      const { from, to } = grip.held;
      const shift = Math.min(Math.max(over - grip.day, -from), days - to);
      return { from: from + shift, to: to + shift };
    }
    case 'from':
      return { from: Math.min(over, grip.held.to - 1), to: grip.held.to };
    case 'to':
      return { from: grip.held.from, to: Math.max(over + 1, grip.held.from + 1) };
  }
}

/** Moves one end by days, no further than the other end and the period. */
export function nudged(held: Days, end: 'from' | 'to', by: number, days: number): Days {
  if (end === 'from') return { ...held, from: Math.min(Math.max(held.from + by, 0), held.to - 1) };
  return { ...held, to: Math.max(Math.min(held.to + by, days), held.from + 1) };
}

/** Null where the whole period is picked. */
export function orWhole(picked: Days, days: number): Days | null {
  return picked.from === 0 && picked.to === days ? null : picked;
}
