import { randomBytes } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { addDays, lastFullMonth, localDay } from '#lib/metrics/period.ts';
import { DesignError } from '#lib/qa/sample.ts';
import { getContext } from '#lib/server/context.ts';
import { day } from '#lib/server/filter.ts';
import { listCards } from '#lib/server/quality/cards.ts';
import { drawSample } from '#lib/server/quality/samples.ts';
import { strataDimensions } from '#lib/server/quality/strata.ts';
import { riskRules } from '#lib/server/sample_reads.ts';
import { QualityError } from '#lib/server/store/quality_error.ts';
import { listReviewers } from '#lib/server/store/reviewers.ts';
import { requireAbility, requireData } from '#lib/server/view.ts';
import type { Actions, PageServerLoad } from './$types';

const dayMs = 86_400_000;
const mostCases = 2000;

const order = z
  .object({
    name: z.string().trim().min(1).max(80),
    kind: z.enum(['random', 'risk', 'calibration']),
    card: z.string().regex(/^[a-z][a-z0-9_]*@\d+$/),
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
  })
  .refine(({ from, until }) => from <= until, { path: ['until'] })
  .refine(({ allocation, strataBy }) => allocation === 'simple' || strataBy.length > 0, { path: ['strataBy'] })
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
    const { visitor } = requireAbility(locals.view, 'manage_quality');
    const { warehouse } = requireData(locals.view);
    const { store } = await getContext();
    const form = await request.formData();
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
    const keys = {
      ...(asked.brands.length > 0 && { brand: asked.brands }),
      ...(asked.vendors.length > 0 && { vendor: asked.vendors }),
    };
    try {
      const id = await drawSample({ store, warehouse }, visitor.principal, {
        name: asked.name,
        kind: asked.kind,
        cardId,
        cardVersion: Number(version),
        plan: {
          period: { from: asked.from, to: addDays(asked.until, 1) },
          keys,
          strataBy: asked.kind === 'risk' || asked.allocation === 'simple' ? [] : asked.strataBy,
          allocation: asked.kind === 'risk' ? 'simple' : asked.allocation,
          rules: asked.kind === 'risk' ? asked.rules : [],
          phrases: asked.phrases.split(/[,，、\s]+/).filter((phrase) => phrase !== ''),
          highValueMinor: Math.round(asked.highValue * 100),
          doubleShare: asked.doublePercent / 100,
        },
        size: asked.margin === '' ? { kind: 'cases', cases: asked.cases } : { kind: 'margin', margin: asked.margin },
        seed: asked.seed === '' ? randomBytes(8).toString('hex') : asked.seed,
        dueAt: new Date(Date.now() + asked.dueDays * dayMs),
        reviewers: reviewers.map((reviewer) => ({ ...reviewer, limit: asked.limit })),
        expert: known.find(({ principal }) => principal.userId === expertId) ?? null,
      });
      redirect(303, asked.kind === 'calibration' ? `/quality/calibrations/${id}` : `/quality/samples/${id}`);
    } catch (cause) {
      if (cause instanceof DesignError) return fail(400, { problem: 'design' as const, fields: [], given });
      if (cause instanceof QualityError && cause.kind === 'no_reviewer')
        return fail(400, { problem: 'no_reviewer' as const, fields: [], given });
      throw cause;
    }
  },
};
