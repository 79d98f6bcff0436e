import type { KeyDimension } from './dimensions.ts';

/** What exploring sets against each other. */
export const sliceDimensions = [
  'brand',
  'vendor',
  'platform',
  'channel',
  'request_type',
  'reason_buyer',
  'reason_agent',
] as const satisfies readonly KeyDimension[];
export type SliceDimension = (typeof sliceDimensions)[number];

/** Whole numbers from 0 on, in as few bytes as they need. */
export type Numbers = Uint8Array | Uint16Array | Int32Array;

/** The key of each row as a position in `keys`; '' stands for rows that have none. */
export interface KeyColumn {
  keys: readonly string[];
  codes: Numbers;
}

/** What one KPI counted in a period by day and keys, a column an array; rows are in the order of days. */
export interface Slice {
  /** How many days the period has. */
  days: number;
  /** Days after the first of the period. */
  day: Numbers;
  dimensions: Readonly<Record<SliceDimension, KeyColumn>>;
  numerator: Numbers;
  denominator: Numbers;
  pending: Numbers;
}

/** What is picked of a slice: days from `from` to `to`, exclusive, and keys; what is left out takes everything. */
export interface SliceFilter {
  days: { readonly from: number; readonly to: number } | null;
  keys: Readonly<Partial<Record<SliceDimension, readonly string[]>>>;
}

export function isSliceDimension(text: string): text is SliceDimension {
  return (sliceDimensions as readonly string[]).includes(text);
}

/** Makes something for each dimension. */
export function bySliceDimension<T>(make: (dimension: SliceDimension) => T): Record<SliceDimension, T> {
  return {
    brand: make('brand'),
    vendor: make('vendor'),
    platform: make('platform'),
    channel: make('channel'),
    request_type: make('request_type'),
    reason_buyer: make('reason_buyer'),
    reason_agent: make('reason_agent'),
  };
}
