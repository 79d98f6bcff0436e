import { randomBytes } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { addDays, lastFullMonth, localDay } from '#lib/metrics/period.ts';
import { DesignError } from '#lib/qa/sample.ts';
import { getContext } from '#lib/server/context.ts';
import { day } from '#lib/server/filter.ts';
import { listCards } from '#lib/server/quality/cards.ts';
import { drawSample } from '#lib/server/quality/samples.ts';
import { drawDueSamples, lastFullPeriod } from '#lib/server/quality/recurring.ts';
import { strataDimensions } from '#lib/server/quality/strata.ts';
import { riskRules } from '#lib/server/sample_reads.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { addRecurringSample } from '#lib/server/store/recurring_samples.ts';
import { listReviewers } from '#lib/server/store/reviewers.ts';
import { requireAbility, requireData } from '#lib/server/view.ts';
import { formOf } from '../../../forms.ts';
import type { Actions, PageServerLoad } from './$types';

const dayMs = 86_400_000;
const mostCases = 2000;

const order = z
  .object({
    name: z.string().trim().min(1).max(80),
    kind: z.enum(['random', 'risk', 'calibration']),
    card: z.string().regex(/^[a-z][a-z0-9_]{0,59}@\d{1,9}$/),
    from: day,
    until: day,
    brands: z.array(z.string()).max(200),
    vendors: z.array(z.string()).max(200),
    allocation: z.enum(['simple', 'proportional', 'equal', 'neyman']),
    strataBy: z.array(z.enum(strataDimensions)),
    cases: z.coerce.number().int().min(1).max(mostCases),
    margin: z.union([z.literal(''), z.coerce.number().min(1).max(50)]),
    rules: z.array(z.enum(riskRules)),
    phrases: z.string().max(1000),
    highValue: z.coerce.number().min(0).max(10_000_000),
    doublePercent: z.coerce.number().min(0).max(100),
    reviewers: z.array(z.string()).min(1),
    expert: z.string().default(''),
    limit: z.coerce.number().int().min(1).max(mostCases),
    dueDays: z.coerce.number().int().min(1).max(90),
    seed: z.string().trim().max(60),
    every: z.enum(['', 'week', 'month']).default(''),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'] })
  .refine(({ allocation, strataBy }) => allocation === 'simple' || strataBy.length > 0, { path: ['strataBy'] })
  .refine(({ kind, every }) => kind !== 'calibration' || every === '', { path: ['every'] })
  .refine(({ kind, rules }) => kind !== 'risk' || rules.length > 0, { path: ['rules'] });

const lists = ['brands', 'vendors', 'strataBy', 'rules', 'reviewers'];

export const load: PageServerLoad = async ({ locals }) => {
  const { visitor, config } = requireAbility(locals.view, 'manage_quality');
  const { warehouse } = requireData(locals.view);
  const { store } = await getContext();
  const cards = await listCards(
    store,
    visitor.principal,
    config.brands.map(({ id }) => id),
  );
  const month = lastFullMonth(localDay(warehouse.current.asOf, config.timezone));
  return {
    cards: cards.flatMap(({ cardId, version, state, card }) =>
      state === 'published' && card ? [{ id: `${cardId}@${version}`, name: card.name, version }] : [],
    ),
    reviewers: (await listReviewers(store, visitor.principal)).map(({ principal, name }) => ({
      id: principal.userId,
      name,
      role: principal.role,
    })),
    userId: visitor.principal.userId,
    brandIds: config.brands.map(({ id }) => id),
    vendorIds: config.vendors.map(({ id }) => id),
    strataDimensions,
    riskRules,
    from: month.from,
    until: addDays(month.to, -1),
  };
};

export const actions: Actions = {
  async default({ locals, request }) {
    const { visitor, config } = requireAbility(locals.view, 'manage_quality');
    const { warehouse } = requireData(locals.view);
    const { store } = await getContext();
    const form = await formOf(request);
    const given = Object.fromEntries(
      [...new Set(form.keys())].map((name) => [
        name,
        lists.includes(name) ? form.getAll(name).map(String) : String(form.get(name)),
      ]),
    );
    const empty = Object.fromEntries(lists.map((name) => [name, []]));
    const read = order.safeParse({ ...empty, ...given });
    if (!read.success)
      return fail(400, {
        problem: 'fields' as const,
        fields: read.error.issues.map(({ path }) => String(path[0])),
        given,
      });
    const asked = read.data;
    const [cardId = '', version = '0'] = asked.card.split('@');
    const wanted = new Set(asked.reviewers);
    const known = await listReviewers(store, visitor.principal);
    const reviewers = known.filter(({ principal }) => wanted.has(principal.userId));
    const expertId = asked.expert === '' ? visitor.principal.userId : asked.expert;
    const { kind } = asked;
    const plan = {
      keys: {
        ...(asked.brands.length > 0 && { brand: asked.brands }),
        ...(asked.vendors.length > 0 && { vendor: asked.vendors }),
      },
      strataBy: kind === 'risk' || asked.allocation === 'simple' ? [] : asked.strataBy,
      allocation: kind === 'risk' ? ('simple' as const) : asked.allocation,
      rules: kind === 'risk' ? asked.rules : [],
      phrases: kind === 'risk' ? asked.phrases.split(/[,，、\s]+/).filter((phrase) => phrase !== '') : [],
      highValueMinor: kind === 'risk' ? Math.round(asked.highValue * 100) : 0,
      doubleShare: kind === 'random' ? asked.doublePercent / 100 : 0,
    };
    const size =
      asked.margin === '' || kind !== 'random'
        ? { kind: 'cases' as const, cases: asked.cases }
        : { kind: 'margin' as const, margin: asked.margin };
    if (asked.every !== '' && kind !== 'calibration') {
      const { name, every, limit, dueDays } = asked;
      const today = localDay(warehouse.current.asOf, config.timezone);
      const recurringId = await addRecurringSample(store, visitor.principal, {
        ...{ name, kind, every, cardId, plan, size, limit, dueDays },
        reviewers: reviewers.map(({ principal }) => principal.userId),
        nextFrom: lastFullPeriod(every, today).from,
      });
      const drawn = await drawDueSamples({ store, warehouse, timezone: config.timezone });
      const first = drawn.get(recurringId);
      redirect(303, first === undefined ? '/quality/samples' : `/quality/samples/${first}`);
    }
    try {
      const id = await drawSample({ store, warehouse }, visitor.principal, {
        name: asked.name,
        kind,
        cardId,
        cardVersion: Number(version),
        plan: { ...plan, period: { from: asked.from, to: addDays(asked.until, 1) } },
        size,
        seed: asked.seed === '' ? randomBytes(8).toString('hex') : asked.seed,
        dueAt: new Date(Date.now() + asked.dueDays * dayMs),
        reviewers: reviewers.map((reviewer) => ({ ...reviewer, limit: asked.limit })),
        expert: known.find(({ principal }) => principal.userId === expertId) ?? null,
      });
      redirect(303, kind === 'calibration' ? `/quality/calibrations/${id}` : `/quality/samples/${id}`);
    } catch (cause) {
      if (cause instanceof DesignError) return fail(400, { problem: 'design' as const, fields: [], given });
      if (cause instanceof QualityError && cause.kind === 'not_published')
        return fail(400, { problem: 'fields' as const, fields: ['card'], given });
      if (cause instanceof QualityError && (cause.kind === 'no_reviewer' || cause.kind === 'conflict'))
        return fail(400, { problem: 'no_reviewer' as const, fields: [], given });
      throw cause;
    }
  },
};
