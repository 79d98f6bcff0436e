import { z } from 'zod';
import { startOfDay } from '#lib/metrics/day_start.ts';
import { addDays } from '#lib/metrics/period.ts';
import { getContext } from '#lib/server/context.ts';
import { FilterError, readChoice, readDay, readOne } from '#lib/server/filter.ts';
import { readPage } from '#lib/server/paging.ts';
import { auditActions, listActors, listAudit, verifyAudit } from '#lib/server/store/audit.ts';
import { orBadRequest, requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

const perPage = 50;
const id = z
  .string()
  .max(100)
  .refine((text) => !text.includes('\0'));

export const load: PageServerLoad = async ({ locals, url }) => {
  const { visitor, config } = requireAbility(locals.view, 'audit');
  const { store } = await getContext();
  const { asked, page } = orBadRequest(() => readAsked(url.searchParams));
  const instant = (localDay: string | null) =>
    localDay === null ? null : new Date(startOfDay(localDay, config.timezone)).toISOString();
  const [log, actors, chain] = await Promise.all([
    listAudit(store, visitor.principal, {
      action: asked.action,
      actorId: asked.who,
      from: instant(asked.from),
      to: instant(asked.until === null ? null : addDays(asked.until, 1)),
      limit: perPage,
      offset: (page - 1) * perPage,
    }),
    listActors(store, visitor.principal),
    verifyAudit(store),
  ]);
  return { ...log, asked, actors, actions: auditActions, chain, page, perPage };
};

function readAsked(params: URLSearchParams) {
  const asked = {
    action: readChoice(params, 'action', auditActions),
    who: readOne(params, 'who', id, { kind: 'link' }),
    from: readDay(params, 'from'),
    until: readDay(params, 'until'),
  };
  if (asked.from !== null && asked.until !== null && asked.from > asked.until)
    throw new FilterError({ from: asked.from, until: asked.until }, { kind: 'order' });
  return { asked, page: readPage(params) };
}
