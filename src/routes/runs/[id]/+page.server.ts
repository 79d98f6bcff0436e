import { error } from '@sveltejs/kit';
import { readPage } from '#lib/server/paging.ts';
import { systemKinds } from '#lib/server/run_record.ts';
import { orBadRequest, requireAbility } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';

const filesPerPage = 100;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const run = await requireAbility(locals.view, 'runs').runs.find(params.id);
  if (!run) error(404, { message: `no run ${params.id.slice(0, 80)}`, kind: 'not_found' });
  const page = orBadRequest(() => readPage(url.searchParams));
  const { files, relations, ...record } = run.record;
  return {
    summary: run.summary,
    record: { ...record, relations: relations.toSorted((a, b) => b.seconds - a.seconds) },
    system: systemKinds.find((kind) => kind === record.failure?.kind) ?? null,
    files: files.toReversed().slice((page - 1) * filesPerPage, page * filesPerPage),
    fileCount: files.length,
    totals: totalOf(files),
    page,
    pages: Math.max(1, Math.ceil(files.length / filesPerPage)),
  };
};

type Counted = Record<'records' | 'loaded' | 'superseded' | 'ignored' | 'quarantined', number>;

function totalOf(files: readonly Counted[]): Counted {
  const sum = (key: keyof Counted): number => files.reduce((total, file) => total + file[key], 0);
  return {
    records: sum('records'),
    loaded: sum('loaded'),
    superseded: sum('superseded'),
    ignored: sum('ignored'),
    quarantined: sum('quarantined'),
  };
}
