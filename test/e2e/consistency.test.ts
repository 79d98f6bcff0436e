import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { read as readWorkbook, utils } from '@e965/xlsx';
import { expect, inject, test } from 'vitest';
import { z } from 'zod';
import { addDays } from '#lib/metrics/period.ts';
import { metricIds, metricOf } from '#lib/metrics/registry.ts';
import { askCommand } from './built_app.ts';

const baseUrl = inject('baseUrl');
const configPath = inject('configPath');

const kpiAnswer = z.object({
  rows: z.array(z.object({ numerator: z.int(), denominator: z.int(), pending: z.int() })),
});
const brands = ['northpeak', 'muyun', 'chengguang', 'liya', 'chuihe'];
const vendors = ['suda', 'anhe', 'yunting', 'jishi', 'xiaolan'];

const minutes = 6 * 60_000;

const question = fc.record({
  metric: fc.constantFrom(...metricIds),
  start: fc.integer({ min: 0, max: 300 }),
  length: fc.integer({ min: 1, max: 120 }),
  brand: fc.option(fc.constantFrom(...brands)),
  vendor: fc.option(fc.constantFrom(...vendors)),
  by: fc.constantFrom('vendor', 'platform', 'reason_agent', 'request_type', 'month'),
});

/** Numbers as a page writes them in English: 1,234. */
function numberIn(html: string, pattern: RegExp): number {
  const found = pattern.exec(html)?.[1];
  return found === undefined ? 0 : Number(found.replaceAll(',', ''));
}

async function get(path: string): Promise<Response> {
  const response = await fetch(baseUrl + path, { headers: { cookie: `lang=en; ${inject('cookie')}` } });
  expect(response.status, path).toBe(200);
  return response;
}

test(
  'page, list, CSV, XLSX and command line agree on every KPI under any filter',
  async () => {
    await fc.assert(
      fc.asyncProperty(question, async ({ metric, start, length, brand, vendor, by }) => {
        const from = addDays('2025-12-01', start);
        const to = addDays(from, length);
        const picked = { ...(brand !== null && { brand }), ...(vendor !== null && { vendor }) };
        const query = new URLSearchParams({ from, until: addDays(to, -1), ...picked }).toString();
        const options = Object.entries(picked).flatMap(([name, value]) => [`--${name}`, value]);
        const kpi = async (...more: string[]) =>
          kpiAnswer.parse(
            JSON.parse(
              await askCommand([
                'kpi',
                metric,
                '--from',
                from,
                '--to',
                to,
                ...options,
                ...more,
                '--config',
                configPath,
                '--json',
              ]),
            ),
          ).rows;

        const [total = { numerator: 0, denominator: 0, pending: 0 }] = await kpi();
        const failing = metricOf(metric).direction === 'up' ? total.denominator - total.numerator : total.numerator;
        const parts = await kpi('--by', by);
        expect(parts.reduce((sum, row) => sum + row.numerator, 0)).toBe(total.numerator);
        expect(parts.reduce((sum, row) => sum + row.denominator, 0)).toBe(total.denominator);

        const html = await (await get(`/metrics/${metric}?${query}&by=${by}`)).text();
        expect(numberIn(html, />([\d,]+) counted</)).toBe(total.denominator);
        expect(numberIn(html, />([\d,]+) pending</)).toBe(total.pending);
        if (metricOf(metric).headline === 'rate') expect(numberIn(html, />([\d,]+) failing</)).toBe(failing);

        for (const [kind, rows] of [
          ['counted', total.denominator],
          ['failing', failing],
          ['pending', total.pending],
        ] as const) {
          const csv = await (await get(`/cases/export.csv?${query}&metric=${metric}&kind=${kind}`)).text();
          expect(parse(csv, { bom: true, columns: true }), `${kind} in CSV`).toHaveLength(rows);
        }
        const book = readWorkbook(
          await (await get(`/cases/export.xlsx?${query}&metric=${metric}&kind=failing`)).arrayBuffer(),
        );
        const sheet = book.Sheets[book.SheetNames[0] ?? ''];
        expect(sheet && utils.sheet_to_json(sheet), 'failing in XLSX').toHaveLength(failing);
      }),
      { numRuns: 12 },
    );
  },
  minutes,
);
