import { json } from '@sveltejs/kit';
import { getContext } from '#lib/server/context.ts';
import type { RequestHandler } from './$types';

/** Tells whether there is something to show: 200 with the snapshot in service, 503 before the first. Anybody may ask. */
export const GET: RequestHandler = async () => {
  const lease = await (await getContext()).leases.take();
  lease?.release();
  const current = lease?.warehouse.current;
  if (!current) return json({ snapshot: null, asOf: null }, { status: 503 });
  return json({ snapshot: current.snapshot, asOf: current.asOf });
};
