import { type RequestEvent, error } from '@sveltejs/kit';
import { z } from 'zod';

/** The id of a row in a form, no larger than what the store counts to. */
export const rowId = z.coerce.number().int().min(1).max(2_147_483_647);

/** The number in the path of a sample, review or calibration. Errors: 404. */
export function readId({ params }: Pick<RequestEvent<{ id: string }>, 'params'>): number {
  if (!/^[1-9]\d{0,8}$/.test(params.id)) error(404, { message: 'no such number', kind: 'not_found' });
  return Number(params.id);
}
