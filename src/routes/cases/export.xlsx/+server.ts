import { error } from '@sveltejs/kit';
import { translator } from '#lib/i18n/translator.ts';
import { formatCount } from '#lib/metrics/format.ts';
import { xlsxBytes } from '#lib/server/case_export.ts';
import * as caseList from '#lib/server/case_list.ts';
import { maximumRows } from '#lib/server/workbook.ts';
import { exportResponse, readExport } from '../export.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { asked, data } = readExport(event);
  const { locale } = event.locals;
  const rows = await caseList.count(data.warehouse, data.scope, asked);
  if (rows > maximumRows) {
    const count = (value: number) => formatCount(value, locale);
    error(413, {
      message: translator(locale)('casesPage.export.tooMany', { rows: count(rows), most: count(maximumRows) }),
      kind: 'bad_request',
    });
  }
  return exportResponse(event, asked, {
    extension: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: xlsxBytes,
  });
};
