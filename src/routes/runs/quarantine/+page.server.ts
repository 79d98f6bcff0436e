import { z } from 'zod';
import { readOne } from '#lib/server/filter.ts';
import { readPage } from '#lib/server/paging.ts';
import * as quarantine from '#lib/server/quarantine.ts';
import { orBadRequest, requireData, requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

const perPage = 50;
const maximumCharacters = 200;
const word = z
  .string()
  .max(maximumCharacters)
  .refine((text) => !text.includes('\0'));

export const load: PageServerLoad = async ({ locals, url }) => {
  const { warehouse, scope } = requireData(requireAbility(locals.view, 'runs'));
  const { asked, page } = orBadRequest(() => readAsked(url.searchParams));
  const [counts, records] = await Promise.all([
    quarantine.counts(warehouse, scope),
    quarantine.records(warehouse, scope, { ...asked, limit: perPage, offset: (page - 1) * perPage }),
  ]);
  const matching = counts.filter((count) => quarantine.isAsked(count, asked));
  const total = matching.reduce((sum, count) => sum + count.records, 0);
  return {
    asked,
    counts,
    records,
    total,
    page,
    pages: Math.max(1, Math.ceil(total / perPage)),
  };
};

function readAsked(params: URLSearchParams): { asked: quarantine.QuarantineFilter; page: number } {
  const one = (name: string): string | null =>
    readOne(params, name, word, { kind: 'characters', most: maximumCharacters });
  return {
    asked: { source: one('source'), table: one('table'), column: one('column'), reason: one('reason') },
    page: readPage(params),
  };
}
