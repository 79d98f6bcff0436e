import { z } from 'zod';
import { type CaseListAsked, caseKinds, caseSorts } from '#lib/metrics/case_list.ts';
import { isMetricId, metricIds } from '#lib/metrics/registry.ts';
import { type Filter, FilterError, readOne } from './filter.ts';

const maximumWords = 4;
const maximumSearch = 200;

/** Reads what a list of cases is asked to show besides the filter all pages share. Errors: FilterError. */
export function readCaseList(params: URLSearchParams, { period, keys, clock }: Filter): CaseListAsked {
  const metric = readOne(params, 'metric', z.string().refine(isMetricId), metricIds.join(', '));
  const sorts = caseSorts.filter((sort) => metric !== null || sort !== 'value');
  return {
    ...period,
    keys,
    clock,
    metric,
    kind: readOne(params, 'kind', z.enum(caseKinds), caseKinds.join(', ')) ?? 'counted',
    withFlagged: metric === null && readOne(params, 'flagged', z.literal('1'), '1') !== null,
    search: readSearch(params.get('q') ?? ''),
    sort: readOne(params, 'sort', z.enum(sorts), sorts.join(', ')) ?? 'started',
    direction: readOne(params, 'dir', z.enum(['asc', 'desc']), 'asc or desc') ?? 'desc',
  };
}

/** Splits what is searched for into words, null where there is none. Errors: FilterError where it is too long or has too many. */
function readSearch(given: string): CaseListAsked['search'] {
  const text = given.trim();
  if (text === '') return null;
  if (text.length > maximumSearch || text.includes('\0'))
    throw new FilterError(`q=${text.slice(0, 80)}: at most ${maximumSearch} characters`);
  const words = [...new Set(text.split(/\s+/u))];
  if (words.length > maximumWords)
    throw new FilterError(`q=${text.slice(0, 80)}: at most ${maximumWords} words, all of which a conversation says`);
  return { text, words };
}
