import { type ExcerptPart, excerptOf } from '#lib/excerpt.ts';
import type { CaseListAsked } from '#lib/metrics/case_list.ts';
import { type CaseCursor, writeCursor } from '#lib/server/case_cursor.ts';
import * as caseList from '#lib/server/case_list.ts';
import type { DataView } from '#lib/server/view.ts';

const pageRows = 50;

/** A row of the page; the message it was found by is cut and marked. */
export interface ShownCase extends Omit<caseList.ListedCase, 'place' | 'excerpt'> {
  key: string;
  excerpt: ExcerptPart[] | null;
}

/** One page of a list of cases: `first` counts from 1; the links beside it are cursors, null at either end. */
export interface CasePage {
  rows: ShownCase[];
  total: number;
  first: number;
  previous: string | null;
  next: string | null;
  /** Whether its cursor belonged to data replaced since, so that the list begins anew. */
  isRestarted: boolean;
}

/** The page of a list that a cursor asks for; the first one without, or where the cursor leads nowhere. */
export async function loadPage(data: DataView, asked: CaseListAsked, cursor: CaseCursor | null): Promise<CasePage> {
  const { warehouse, scope } = data;
  const { snapshot } = warehouse.current;
  if (cursor && cursor.snapshot !== snapshot) return { ...(await loadPage(data, asked, null)), isRestarted: true };
  const way = cursor?.way ?? 'after';
  const [{ rows, hasMore, found }, counted] = await Promise.all([
    caseList.listed(warehouse, scope, asked, { place: cursor?.place ?? null, way, limit: pageRows }),
    asked.search ? null : caseList.count(warehouse, scope, asked),
  ]);
  if (cursor && rows.length === 0) return loadPage(data, asked, null);

  const before = way === 'after' ? (cursor?.rowsBefore ?? 0) : hasMore ? (cursor?.rowsBefore ?? 0) - rows.length : 0;
  const link = (to: 'after' | 'before', row: caseList.ListedCase | undefined, rowsBefore: number) =>
    row ? writeCursor({ snapshot, way: to, place: row.place, rowsBefore: Math.max(rowsBefore, 0) }) : null;
  const hasPrevious = way === 'after' ? cursor !== null : hasMore;
  const hasNext = way === 'before' || hasMore;
  return {
    rows: rows.map((row) => toShown(row, asked)),
    total: counted ?? found,
    first: Math.max(before, 0) + 1,
    previous: hasPrevious ? link('before', rows[0], before) : null,
    next: hasNext ? link('after', rows.at(-1), before + rows.length) : null,
    isRestarted: false,
  };
}

function toShown({ place, excerpt, ...row }: caseList.ListedCase, { search }: CaseListAsked): ShownCase {
  return {
    ...row,
    key: `${place.caseKey} ${place.itemKey}`,
    excerpt: search && excerpt !== null ? excerptOf(excerpt, search.words) : null,
  };
}
