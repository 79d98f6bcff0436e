import { may } from '#lib/access/roles.ts';
import { translator } from '#lib/i18n/translator.ts';
import { localDay } from '#lib/metrics/period.ts';
import { criteriaOf } from '#lib/qa/scorecard.ts';
import { getContext } from '#lib/server/context.ts';
import { namesOf } from '#lib/server/names.ts';
import { listCards } from '#lib/server/quality/cards.ts';
import { type QualityResults, isUnfinished, openResults } from '#lib/server/quality/results.ts';
import { requireAbility, requireData, requireFilter } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';
import { readAsked } from './asked.ts';
import { drawScoreTrend } from './trend.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { visitor, config } = requireAbility(locals.view, 'quality');
  const data = requireData(locals.view);
  const { store } = await getContext();
  const { principal } = visitor;
  const filter = requireFilter(url.searchParams, data);
  const found = await openResults(store, principal, readAsked(url.searchParams, filter));
  const { brand, vendor } = filter.keys;
  const words = { t: translator(locals.locale), locale: locals.locale, names: namesOf(config, locals.locale) };
  return {
    filter: {
      period: filter.period,
      comparison: null,
      keys: { ...(brand && { brand }), ...(vendor && { vendor }) },
      menus: ['brand', 'vendor'] as const,
      today: localDay(data.warehouse.current.asOf, config.timezone),
    },
    results: found && describe(found),
    trend: found && drawScoreTrend(words, found.months, url.searchParams),
    cards: found ? await cardNames(found) : [],
    mayManage: may(principal.role, 'manage_quality'),
    mayExport: may(principal.role, 'export'),
  };

  /** The cards that can be picked, with the names of their latest versions. */
  async function cardNames({ surveyed }: QualityResults) {
    const versions = await listCards(store, principal, []);
    return surveyed.map(({ cardId }) => ({
      id: cardId,
      name: versions.find((one) => one.cardId === cardId && one.card)?.card?.name[locals.locale] ?? cardId,
    }));
  }

  function describe({ months: _months, surveyed: _surveyed, cards, by, ...rest }: QualityResults) {
    const criteria = new Map(
      cards
        .toReversed()
        .flatMap(criteriaOf)
        .map((criterion) => [criterion.id, criterion]),
    );
    return {
      ...rest,
      cardId: cards[0].id,
      versions: cards.map(({ version }) => version),
      isUnfinished: isUnfinished(rest.overall),
      by: {
        vendor: by.vendor.map((one) => ({ ...one, isUnfinished: isUnfinished(one) })),
        brand: by.brand.map((one) => ({ ...one, isUnfinished: isUnfinished(one) })),
        agent: by.agent.map((one) => ({ ...one, isUnfinished: isUnfinished(one) })),
      },
      criteria: [...criteria.values()].map(({ id, name, rootCauses }) => ({
        id,
        name: name[locals.locale],
        causes: Object.fromEntries(rootCauses.map((cause) => [cause.id, cause.name[locals.locale]])),
      })),
    };
  }
};
