import { z } from 'zod';
import { FilterError, type Filter, readOne } from '#lib/server/filter.ts';
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
const lastPage = 999_999;

/** Which page of which list a URL asks for; `mark` null where it names none. */
export interface ListedPage {
  list: RefundList;
  mark: RefundMark | null;
  page: number;
}

/** Reads `list`, `mark` and `page`; null without a list. Errors: FilterError. */
export function readListed(params: URLSearchParams): ListedPage | null {
  const page =
    readOne(
      params,
      'page',
      z
        .string()
        .regex(/^[1-9]\d{0,5}$/)
        .transform(Number),
      `a page from 1 to ${lastPage}`,
    ) ?? 1;
  const list = readOne(params, 'list', z.enum(refundListNames), refundListNames.join(', '));
  if (list === null) return null;
  const marks: readonly RefundMark[] = refundLists[list];
  const given = readOne(params, 'mark', z.string(), '');
  const mark = marks.find((one) => one === given) ?? null;
  if (given !== null && mark === null) throw new FilterError(`mark=${given.slice(0, 80)}: ${marks.join(', ')}`);
  return { list, mark, page };
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
