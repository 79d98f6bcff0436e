import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import * as explore from '#lib/server/explore.ts';
import { FilterError, readOne } from '#lib/server/filter.ts';
import { encodeSlice } from '#lib/server/slice_arrow.ts';
import { orBadRequest, requireData, requireFilter } from '#lib/server/view.ts';
import { readRequest } from '../request.ts';
import type { RequestHandler } from './$types';

const compress = promisify(gzip);

/** The rows that the explore page filters, as an Arrow stream; 409 once the snapshot that the page shows serves no more. */
export const GET: RequestHandler = async ({ locals, url, request }) => {
  const data = requireData(locals.view);
  const { snapshot } = data.warehouse.current;
  const filter = requireFilter(url.searchParams, data);
  const asked = orBadRequest(() => readRequest(url.searchParams, filter));
  if (orBadRequest(() => readSnapshot(url.searchParams)) !== snapshot)
    error(409, { message: `a newer snapshot serves: ${snapshot}; load the page again` });

  const key = JSON.stringify([snapshot, data.scope, asked]);
  const etag = `"${createHash('sha256').update(key).digest('base64url').slice(0, 27)}"`;
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });

  const slice = await explore.slice(data.warehouse, data.scope, asked);
  if (!slice) error(413, { message: `more than ${explore.maximumRows} rows: ask for a shorter period` });
  const stream = encodeSlice(slice);
  const headers = { 'content-type': 'application/vnd.apache.arrow.stream', etag, vary: 'accept-encoding' };
  if (!request.headers.get('accept-encoding')?.includes('gzip')) return new Response(stream, { headers });
  const body = new Uint8Array(await compress(stream, { level: 1 }));
  return new Response(body, { headers: { ...headers, 'content-encoding': 'gzip' } });
};

function readSnapshot(params: URLSearchParams): string {
  const snapshot = readOne(params, 'snapshot', z.string().max(60), { kind: 'link' });
  if (snapshot === null) throw new FilterError({ snapshot: '' }, { kind: 'link' });
  return snapshot;
}
