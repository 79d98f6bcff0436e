import type { Unit } from './registry.ts';

const edges: Readonly<Record<Unit, readonly number[]>> = {
  seconds: [10, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400],
  hours: [1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336],
  count: [1, 2, 3, 4, 5],
  score: [2, 3, 4, 5],
  minor: [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000],
};

/** The edges of the bins that values of a unit are counted in; wider with size, since waiting times span seconds to weeks. */
export function binEdges(unit: Unit): readonly number[] {
  return edges[unit];
}

/** Where a value lies among bins, counted in bins from the left: 2.5 is the middle of the third. */
export function positionAmong(binsEdges: readonly number[], value: number): number {
  const bin = binsEdges.filter((edge) => edge <= value).length;
  const low = bin === 0 ? 0 : (binsEdges[bin - 1] ?? 0);
  const high = binsEdges[bin] ?? low * 2;
  return bin + Math.min(Math.max((value - low) / Math.max(high - low, 1e-9), 0), 1);
}
