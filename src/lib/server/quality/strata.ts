/** What cases may be divided by before drawing. */
export const strataDimensions = ['vendor', 'agent', 'request_type', 'channel'] as const;
export type StrataDimension = (typeof strataDimensions)[number];

/** Names the stratum that a case is drawn in; '' where cases are not divided. */
export function stratumOf(
  dimensions: readonly StrataDimension[],
  values: Readonly<Record<StrataDimension, string | null>>,
): string {
  return dimensions.map((dimension) => values[dimension] ?? '').join(' / ');
}
