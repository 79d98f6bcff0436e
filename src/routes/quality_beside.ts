import { may } from '#lib/access/roles.ts';
import type { ScoreEstimate } from '#lib/qa/estimate.ts';
import { getContext } from '#lib/server/context.ts';
import type { Filter } from '#lib/server/filter.ts';
import { isUnfinished, openQualityFigure } from '#lib/server/quality/results.ts';
import { requireView } from '#lib/server/view.ts';

/** The quality score that stands beside KPIs of the same period, brands and vendors. */
export interface QualityBeside {
  score: ScoreEstimate;
  isUnfinished: boolean;
  card: string;
}

/** Reads it for who may see quality; null where too few cases are scored, or where other keys are picked, by which cases are not drawn. */
export async function qualityBeside(
  { view, locale }: App.Locals,
  { period, keys }: Filter,
): Promise<QualityBeside | null> {
  const { principal } = requireView(view).visitor;
  const { brand, vendor, ...others } = keys;
  if (!may(principal.role, 'quality') || Object.keys(others).length > 0) return null;
  const { store } = await getContext();
  const asked = { cardId: null, period, brands: brand ?? [], vendors: vendor ?? [] };
  const found = await openQualityFigure(store, principal, asked);
  if (found?.figure.score.kind !== 'estimate') return null;
  return { score: found.figure.score, isUnfinished: isUnfinished(found.figure), card: found.card.name[locale] };
}
