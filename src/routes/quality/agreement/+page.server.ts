import { agreementTrend } from '#lib/charts/agreement_trend.ts';
import { may } from '#lib/access/roles.ts';
import { translator } from '#lib/i18n/translator.ts';
import { smallestSample } from '#lib/qa/smallest_sample.ts';
import { getContext } from '#lib/server/context.ts';
import { namesOf } from '#lib/server/names.ts';
import { bases, openAgreement } from '#lib/server/quality/agreement.ts';
import { requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { visitor, config } = requireAbility(locals.view, 'review');
  const { store } = await getContext();
  const asked = (name: string) => url.searchParams.get(name) || null;
  const basis = bases.find((one) => one === asked('basis')) ?? 'double';
  const report = await openAgreement(
    store,
    visitor.principal,
    { basis, cardId: asked('card'), criterionId: asked('criterion'), reviewerId: asked('reviewer') },
    { now: new Date(), timezone: config.timezone },
  );
  const { card, months, ...rest } = report;
  const words = { t: translator(locals.locale), locale: locals.locale, names: namesOf(config, locals.locale) };
  const subject = report.criterion?.name[locals.locale] ?? words.t('qualityTeam.agreement.score');
  return {
    ...rest,
    cardId: card?.id ?? null,
    basis,
    bases,
    subject,
    least: smallestSample,
    hasMonths: months.some(({ percent }) => percent.value !== null),
    trend: agreementTrend(words, words.t('qualityTeam.agreement.drift', { subject }), months),
    isOwnOnly: !may(visitor.principal.role, 'manage_quality'),
  };
};
