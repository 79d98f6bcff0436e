/** Rounds parts to multiples of a unit so that they add up to their rounded sum: those with the largest remainders are rounded up. */
export function roundedParts(parts: readonly number[], unit: number): number[] {
  const exact = parts.map((part) => part / unit);
  const counts = exact.map(Math.floor);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const missing = Math.round(sum(exact)) - sum(counts);
  const up = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder)
    .slice(0, missing)
    .map(({ index }) => index);
  return counts.map((count, index) => (count + (up.includes(index) ? 1 : 0)) * unit);
}
