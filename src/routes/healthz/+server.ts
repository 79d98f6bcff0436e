import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Tells whether there is something to show: 200 with the snapshot in service, 503 before the first. */
export const GET: RequestHandler = ({ locals }) => {
  const current = locals.view.lease?.warehouse.current;
  if (!current) return json({ snapshot: null, asOf: null }, { status: 503 });
  return json({ snapshot: current.snapshot, asOf: current.asOf });
};
