import type { Period } from '#lib/metrics/period.ts';

/** The cases a sample was drawn from: those begun in a period, of brands and vendors; null stands for all. */
export interface Frame {
  readonly period: Period;
  readonly brands: readonly string[] | null;
  readonly vendors: readonly string[] | null;
}

/** What tells whether a case is in a frame. */
export interface FramedCase {
  readonly brandId: string;
  readonly vendorId: string | null;
  /** The local day it began. */
  readonly startedOn: string;
}

/** Tells whether a case could have been drawn from a frame. */
export function isInFrame({ period, brands, vendors }: Frame, { brandId, vendorId, startedOn }: FramedCase): boolean {
  return (
    startedOn >= period.from &&
    startedOn < period.to &&
    (brands?.includes(brandId) ?? true) &&
    (vendors?.includes(vendorId ?? '') ?? true)
  );
}

function meet(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null || a.some((id) => b.includes(id));
}

/** Tells whether two frames may have cases in common. */
export function overlap(a: Frame, b: Frame): boolean {
  return (
    a.period.from < b.period.to && b.period.from < a.period.to && meet(a.brands, b.brands) && meet(a.vendors, b.vendors)
  );
}
