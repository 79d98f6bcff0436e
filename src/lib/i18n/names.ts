import { type Dimension, isKeyDimension } from '#lib/metrics/dimensions.ts';
import type { Translate } from './translate.ts';

/** Names by id, for dimensions whose keys have names, and for metrics. */
export type Names = Readonly<Partial<Record<Dimension | 'metric', Readonly<Record<string, string>>>>>;

/** What people call a key of a dimension; its id where it has no name, （无服务商） and the like where a row has none. */
export function nameOfKey(names: Names, t: Translate, dimension: Dimension | 'metric', key: string | null): string {
  if (key === null || key === '') return isKeyDimension(dimension) ? t(`frame.none.${dimension}`) : '—';
  return names[dimension]?.[key] ?? key;
}
