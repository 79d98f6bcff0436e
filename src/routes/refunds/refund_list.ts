import { type Filter, readChoice } from '#lib/server/filter.ts';
import { readPage } from '#lib/server/paging.ts';
import {
  type ListTotal,
  type ListedRefund,
  type RefundList,
  type RefundMark,
  type RefundSum,
  listed,
  refundListNames,
  refundLists,
  sumOf,
} from '#lib/server/refund_lists.ts';
import type { DataView } from '#lib/server/view.ts';

const pageRows = 50;

/** Which page of which list a URL asks for; `mark` null where it names none. */
export interface ListedPage {
  list: RefundList;
  mark: RefundMark | null;
  page: number;
}

/** Reads `list`, `mark` and `page`; null without a list. Errors: FilterError. */
export function readListed(params: URLSearchParams): ListedPage | null {
  const page = readPage(params);
  const list = readChoice(params, 'list', refundListNames);
  if (list === null) return null;
  const marks: readonly RefundMark[] = refundLists[list];
  return { list, mark: readChoice(params, 'mark', marks), page };
}

/** The marks a list shows when none is picked: of intercepts those that brought nothing back. */
export function marksOf(list: RefundList): readonly RefundMark[] {
  return list === 'intercepts' ? ['open', 'failed'] : refundLists[list];
}

/** One page of a list, with the sum of all its pages. */
export async function loadList(
  { warehouse, scope }: DataView,
  filter: Filter,
  { list, mark, page }: ListedPage,
  totals: Promise<ListTotal[]>,
): Promise<ListedPage & { rows: ListedRefund[]; pageRows: number; shown: RefundSum }> {
  const marks = mark ? [mark] : marksOf(list);
  const rows = await listed(
    warehouse,
    scope,
    { ...filter.period, keys: filter.keys },
    { list, marks, limit: pageRows, offset: (page - 1) * pageRows },
  );
  const shown = sumOf((await totals).filter((total) => total.list === list && marks.includes(total.mark)));
  return { list, mark, page, rows, pageRows, shown };
}
