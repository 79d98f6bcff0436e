import type { ResultsAsked } from '#lib/server/quality/results.ts';
import type { Filter } from '#lib/server/filter.ts';

/** What a URL asks of quality results: its period, brands, vendors and card. */
export function readAsked(params: URLSearchParams, { period, keys }: Filter): ResultsAsked {
  return { cardId: params.get('card'), period, brands: keys.brand ?? [], vendors: keys.vendor ?? [] };
}
