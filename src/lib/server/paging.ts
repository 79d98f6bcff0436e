import { z } from 'zod';
import { readOne } from './filter.ts';

const pageSchema = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);

/** Reads which page of a list is asked for, the first without one. Errors: FilterError. */
export function readPage(params: URLSearchParams): number {
  return readOne(params, 'page', pageSchema, { kind: 'page' }) ?? 1;
}
