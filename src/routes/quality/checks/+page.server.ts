import type { z } from 'zod';
import { wilsonInterval } from '#lib/metrics/intervals.ts';
import { localDay } from '#lib/metrics/period.ts';
import { type ConductCheck, conductChecks, criteriaOfCheck } from '#lib/qa/conduct.ts';
import { defaultScorecard } from '#lib/qa/default_scorecard/card.ts';
import { criteriaOf } from '#lib/qa/scorecard.ts';
import { conductListRead, conductTotalsRead } from '#lib/server/conduct_reads.ts';
import { getContext } from '#lib/server/context.ts';
import { readChoice } from '#lib/server/filter.ts';
import { readPage } from '#lib/server/paging.ts';
import { conductAgreement } from '#lib/server/quality/conduct.ts';
import { orBadRequest, requireAbility, requireData, requireFilter } from '#lib/server/view.ts';
import { type DataView } from '#lib/server/view.ts';
import { read } from '#lib/server/warehouse.ts';
import type { PageServerLoad } from './$types';

const rowsOnPage = 50;
const mostAgents = 20;

type Total = z.output<(typeof conductTotalsRead)['row']>;
type Listed = z.input<(typeof conductTotalsRead)['parameters']>;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { visitor } = requireAbility(locals.view, 'quality');
  const data = requireData(locals.view);
  const filter = requireFilter(url.searchParams, data);
  const { check, page } = orBadRequest(() => ({
    check: readChoice(url.searchParams, 'check', conductChecks),
    page: readPage(url.searchParams),
  }));
  const { store } = await getContext();
  const { config, warehouse, scope } = data;
  const listed = { from: filter.period.from, to: filter.period.to, keys: JSON.stringify(filter.keys) };
  const [totals, agreement, detail] = await Promise.all([
    read(warehouse, scope, conductTotalsRead, { ...listed, by: null }),
    conductAgreement({ store, warehouse }, visitor.principal),
    check && loadDetail(data, listed, check, page),
  ]);
  return {
    filter: { ...filter, today: localDay(warehouse.current.asOf, config.timezone) },
    checks: conductChecks.map((id) => ({
      id,
      ...rated(totals.find((row) => row.check === id)),
      ...(agreement.get(id) ?? { reviews: 0, percent: null, kappa: null }),
      criteria: criteriaOfCheck[id].flatMap(({ criterionId }) =>
        criteriaOf(defaultScorecard).flatMap((one) => (one.id === criterionId ? [one.name] : [])),
      ),
    })),
    check,
    page,
    detail,
    forbidden: config.forbidden,
  };
};

function rated(row: Pick<Total, 'cases' | 'failed'> | undefined) {
  const { cases, failed } = row ?? { cases: 0, failed: 0 };
  return {
    cases,
    failed,
    rate: cases === 0 ? null : failed / cases,
    interval: wilsonInterval({ numerator: failed, denominator: cases }),
  };
}

/** One check by vendor and agent, and a page of the cases that failed it. */
async function loadDetail(
  { warehouse, scope }: DataView,
  listed: Omit<Listed, 'by'>,
  check: ConductCheck,
  page: number,
) {
  const [vendors, agents, list] = await Promise.all([
    read(warehouse, scope, conductTotalsRead, { ...listed, by: 'vendor' }),
    read(warehouse, scope, conductTotalsRead, { ...listed, by: 'agent' }),
    read(warehouse, scope, conductListRead, {
      ...listed,
      check,
      limit: rowsOnPage,
      offset: (page - 1) * rowsOnPage,
    }),
  ]);
  const worstFirst = (rows: readonly Total[]) =>
    rows
      .filter((row) => row.check === check)
      .map((row) => ({ key: row.key, ...rated(row) }))
      .toSorted((a, b) => b.failed - a.failed);
  const byVendor = worstFirst(vendors);
  const failed = byVendor.reduce((sum, row) => sum + row.failed, 0);
  return {
    vendors: byVendor,
    agents: worstFirst(agents).slice(0, mostAgents),
    list,
    pages: Math.max(1, Math.ceil(failed / rowsOnPage)),
  };
}
