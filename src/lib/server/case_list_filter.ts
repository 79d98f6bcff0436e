import { type CaseListAsked, caseKinds, caseSorts } from '#lib/metrics/case_list.ts';
import { metricIds } from '#lib/metrics/registry.ts';
import { type Filter, FilterError, readChoice } from './filter.ts';

const maximumWords = 4;
const maximumSearch = 200;

/** Reads what a list of cases is asked to show besides the filter all pages share. Errors: FilterError. */
export function readCaseList(params: URLSearchParams, { period, keys, clock }: Filter): CaseListAsked {
  const metric = readChoice(params, 'metric', metricIds);
  const sorts = caseSorts.filter((sort) => metric !== null || sort !== 'value');
  return {
    ...period,
    keys,
    clock,
    metric,
    kind: readChoice(params, 'kind', caseKinds) ?? 'counted',
    withFlagged: metric === null && readChoice(params, 'flagged', ['1']) !== null,
    search: readSearch(params.get('q') ?? ''),
    sort: readChoice(params, 'sort', sorts) ?? 'started',
    direction: readChoice(params, 'dir', ['asc', 'desc']) ?? 'desc',
  };
}

/** Splits what is searched for into words, null where there is none. Errors: FilterError where it is too long or has too many. */
function readSearch(given: string): CaseListAsked['search'] {
  const text = given.trim();
  if (text === '') return null;
  if (text.length > maximumSearch || text.includes('\0'))
    throw new FilterError({ q: text }, { kind: 'characters', most: maximumSearch });
  const words = [...new Set(text.split(/\s+/u))];
  if (words.length > maximumWords) throw new FilterError({ q: text }, { kind: 'words', most: maximumWords });
  return { text, words };
}
