import { csvBytes } from '#lib/server/case_export.ts';
import { exportResponse, readExport } from '../export.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => {
  const { asked } = readExport(event);
  return exportResponse(event, asked, { extension: 'csv', type: 'text/csv; charset=utf-8', write: csvBytes });
};
