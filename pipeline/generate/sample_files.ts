import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CsvFile } from './csv_file.ts';
import type { FileName } from './flaws.ts';
import { encodeGb18030 } from './gb18030.ts';
import { TICKET_COLUMNS } from './lifecycle.ts';
import { EXPORT_COLUMNS, REFUND_COLUMNS } from './refund_row.ts';
import { PRODUCT_COLUMNS, SALES_COLUMNS } from './sales.ts';
import { EVENT_COLUMNS, MESSAGE_COLUMNS } from './ticket_log.ts';

export const FILES: Record<FileName, { path: string; columns: string[] }> = {
  tickets: { path: 'inbox/tickets.csv', columns: TICKET_COLUMNS },
  messages: { path: 'inbox/messages.csv', columns: MESSAGE_COLUMNS },
  events: { path: 'inbox/events.csv', columns: EVENT_COLUMNS },
  refunds: { path: 'inbox/refunds.csv', columns: REFUND_COLUMNS },
  refunds_tmall: { path: 'inbox/tmall-refunds-gb18030.csv', columns: EXPORT_COLUMNS },
  sales: { path: 'inbox/sales.csv', columns: SALES_COLUMNS },
  products: { path: 'inbox/products.csv', columns: PRODUCT_COLUMNS },
};

/** What is true of each conversation stands beside the data, not in the inbox. */
export const CONDUCT_TRUTH = { path: 'truth-conduct.csv', columns: ['ticket_id', 'check', 'verdict'] };

export type SampleFiles = Record<FileName, CsvFile> & { conduct: CsvFile };

/** Opens every file of a sample under a folder, replacing what is there. */
export function openFiles(out: string): SampleFiles {
  mkdirSync(join(out, 'inbox'), { recursive: true });
  const open = (name: FileName) =>
    new CsvFile(join(out, FILES[name].path), FILES[name].columns, name === 'refunds_tmall' ? encodeGb18030 : undefined);
  return {
    tickets: open('tickets'),
    messages: open('messages'),
    events: open('events'),
    refunds: open('refunds'),
    refunds_tmall: open('refunds_tmall'),
    sales: open('sales'),
    products: open('products'),
    conduct: new CsvFile(join(out, CONDUCT_TRUTH.path), CONDUCT_TRUTH.columns),
  };
}
