/** What rows may be picked by. */
export const keyDimensions = [
  'brand',
  'vendor',
  'platform',
  'channel',
  'agent',
  'reason_agent',
  'reason_buyer',
  'reason_warehouse',
  'request_type',
  'severity',
  'priority',
  'sku',
] as const;
export type KeyDimension = (typeof keyDimensions)[number];

/** What KPIs may be broken down by. */
export const dimensions = [...keyDimensions, 'day', 'week', 'month'] as const;
export type Dimension = (typeof dimensions)[number];

/** Picked keys by dimension, '' standing for rows that have none; a dimension left out takes everything. */
export type Keys = Readonly<Partial<Record<KeyDimension, readonly string[]>>>;

export function isKeyDimension(text: string): text is KeyDimension {
  return (keyDimensions as readonly string[]).includes(text);
}

/** Tells whether a dimension is one of time, whose keys are ordered and have no gaps. */
export function isTime(dimension: Dimension): dimension is 'day' | 'week' | 'month' {
  return dimension === 'day' || dimension === 'week' || dimension === 'month';
}
