import { keyDimensions } from '#lib/metrics/dimensions.ts';
import { localDay } from '#lib/metrics/period.ts';
import { metricIds, metricOf } from '#lib/metrics/registry.ts';
import { isSliceDimension } from '#lib/metrics/slice.ts';
import * as explore from '#lib/server/explore.ts';
import { orBadRequest, requireData, requireFilter } from '#lib/server/view.ts';
import type { PageServerLoad } from './$types';
import { readChoices } from './choices.ts';
import type { Kpi } from './kpi.ts';
import { pictures } from './picture.ts';
import { readRequest, sliceAddress } from './request.ts';

/** What a slice depends on; all else is picked in the browser, without asking here again. */
const askedBy = [
  'metric',
  'from',
  'until',
  'compare',
  'clock',
  ...keyDimensions.filter((dimension) => !isSliceDimension(dimension)),
];

export const load: PageServerLoad = async ({ locals, url, untrack, depends }) => {
  depends('explore:picture');
  for (const name of askedBy) url.searchParams.getAll(name);
  const { searchParams } = url;
  const data = requireData(locals.view);
  const { current } = data.warehouse;
  const filter = untrack(() => requireFilter(searchParams, data));
  const asked = untrack(() => orBadRequest(() => readRequest(searchParams, filter)));
  const choices = untrack(() => readChoices(searchParams, filter.period));
  const slice = await explore.slice(data.warehouse, data.scope, asked);
  const { direction, headline } = metricOf(asked.metric);
  const kpi: Kpi = { id: asked.metric, direction, headline };
  return {
    filter: { ...filter, keys: asked.keys, today: localDay(current.asOf, data.config.timezone) },
    snapshot: current.snapshot,
    kpi,
    metricIds,
    /** Null where the slice is too large. */
    drawn: slice && { choices, picture: pictures(slice)(choices) },
    source: sliceAddress(asked, current.snapshot),
    maximumRows: explore.maximumRows,
  };
};
