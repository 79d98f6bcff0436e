import { z } from 'zod';
import type { CasePlace } from './case_list_parameters.ts';
import { FilterError } from './filter.ts';

/** Where a page of a list begins: after or before a row, of a snapshot that places belong to. */
export interface CaseCursor {
  snapshot: string;
  way: 'after' | 'before';
  place: CasePlace;
  /** How many rows of the list stand before the page after the row, or before the row itself. */
  rowsBefore: number;
}

const int32 = z.int().min(0).max(2_147_483_647);
const written = z.tuple([z.string().max(100), z.enum(['after', 'before']), z.number().nullable(), int32, int32, int32]);

/** Writes a cursor as the opaque text that URLs carry. */
export function writeCursor({ snapshot, way, place, rowsBefore }: CaseCursor): string {
  const parts = [snapshot, way, place.measure, place.caseKey, place.itemKey, rowsBefore] satisfies z.input<
    typeof written
  >;
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads the `after` of a URL; null where there is none. Errors: FilterError where nobody wrote it so. */
export function readCursor(text: string | null): CaseCursor | null {
  if (text === null || text === '') return null;
  const parsed = written.safeParse(parse(text));
  if (!parsed.success) throw new FilterError({ after: text }, { kind: 'link' });
  const [snapshot, way, measure, caseKey, itemKey, rowsBefore] = parsed.data;
  return { snapshot, way, place: { measure, caseKey, itemKey }, rowsBefore };
}

function parse(text: string): unknown {
  if (text.length > 1000) return null;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
}
