import { type RequestEvent, error } from '@sveltejs/kit';
import { translator } from '#lib/i18n/translator.ts';
import type { CaseListAsked } from '#lib/metrics/case_list.ts';
import { type CaseExport, exportName } from '#lib/server/case_export.ts';
import * as caseList from '#lib/server/case_list.ts';
import { readCaseList } from '#lib/server/case_list_filter.ts';
import { getContext } from '#lib/server/context.ts';
import { record } from '#lib/server/store/audit.ts';
import { namesOf } from '#lib/server/names.ts';
import { makeTurnstile } from '#lib/server/turnstile.ts';
import { type DataView, orBadRequest, requireData, requireFilter, requireView } from '#lib/server/view.ts';

/** How many exports of one account are written at a time: each keeps a snapshot open, however slowly it is taken. */
const exports = makeTurnstile(10);

type Write = (given: CaseExport) => AsyncIterable<Uint8Array>;

/** What a URL asks to export, with the data it is counted in. Errors: 400, 503. */
export function readExport({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>): {
  asked: CaseListAsked;
  data: DataView;
} {
  const data = requireData(locals.view);
  const filter = requireFilter(url.searchParams, data);
  return { asked: orBadRequest(() => readCaseList(url.searchParams, filter)), data };
}

/** Answers with a file written while it is taken; its snapshot stays open until the last byte or until nobody takes it any more. */
export async function exportResponse(
  { locals, request, url }: Pick<RequestEvent, 'locals' | 'request' | 'url'>,
  asked: CaseListAsked,
  file: { extension: 'csv' | 'xlsx'; type: string; write: Write },
): Promise<Response> {
  const headers = {
    'content-type': file.type,
    'content-disposition': `attachment; filename="${exportName(asked, file.extension)}"`,
  };
  if (request.method === 'HEAD') return new Response(null, { headers });
  const leave = exports.enter(requireView(locals.view).visitor.principal.userId);
  if (!leave) error(429, { message: 'too many exports at a time', kind: 'busy' });
  try {
    await tell(locals, exportName(asked, file.extension), url.search);
  } catch (cause) {
    leave();
    throw cause;
  }
  return new Response(streamOf(leased(locals, asked, file.write), leave), { headers });
}

/** Leaves an entry in the log before a byte leaves the house. */
async function tell({ view, requestId }: App.Locals, subject: string, search: string): Promise<void> {
  const { visitor } = requireView(view);
  const actor = { id: visitor.principal.userId, name: visitor.name };
  const { store } = await getContext();
  await record(store, { actor, action: 'export', subject, detail: { search: search.slice(0, 500) }, requestId });
}

/** Takes a snapshot once the first piece is asked for: a body that nobody reads holds none. */
async function* leased(
  { locale, view }: App.Locals,
  asked: CaseListAsked,
  write: Write,
): AsyncGenerator<Uint8Array, void> {
  const { config, scope } = requireView(view);
  const { leases } = await getContext();
  const lease = await leases.take();
  if (!lease) error(503, { message: 'no snapshot yet', kind: 'no_snapshot' });
  try {
    const { warehouse } = lease;
    yield* write({
      asked,
      reader: { t: translator(locale), locale, names: namesOf(config, locale) },
      timezone: config.timezone,
      current: warehouse.current,
      rows: caseList.all(warehouse, scope, asked),
    });
  } finally {
    lease.release();
  }
}

/** Hands on pieces as they are taken, none ahead, and calls `leave` after the last or once nobody takes any more. */
function streamOf(pieces: AsyncGenerator<Uint8Array, void>, leave: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next().catch((cause: unknown) => {
          leave();
          throw cause;
        });
        if (!done) return controller.enqueue(value);
        leave();
        controller.close();
      },
      async cancel() {
        leave();
        await pieces.return();
      },
    },
    { highWaterMark: 0 },
  );
}
