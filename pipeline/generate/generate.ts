import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configText } from './config_file.ts';
import { flawsFor, trailerOf, type FileName } from './flaws.ts';
import { Sample } from './sample.ts';
import { CONDUCT_TRUTH, FILES, openFiles, type SampleFiles } from './sample_files.ts';
import { writeProducts, writeSales } from './sales.ts';
import { truthText, type PlacedFlaw } from './truth.ts';

export interface GenerateOptions {
  cases: number;
  seed: number;
  out: string;
  /** Called about every hundredth of the way with the number of cases written. */
  onProgress?: (cases: number) => void;
}

export interface Generated {
  files: string[];
  /** Records per file, the bad and the ignored ones included. */
  rows: Record<FileName, number>;
}

/** Writes a sample data set with its configuration and truth file into a folder; the same options give the same bytes. */
export async function generate({ cases, seed, out, onProgress }: GenerateOptions): Promise<Generated> {
  const files = openFiles(out);
  const sample = new Sample(files, seed, cases);
  const step = Math.max(1, Math.floor(cases / 100));
  let flaws: PlacedFlaw[] = [];
  for (let index = 0; index < cases; index++) {
    const facts = sample.add(index);
    if (index === cases >> 1) flaws = placeFlaws(files, facts.ticketId);
    if ((index + 1) % step !== 0) continue;
    onProgress?.(index + 1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  sample.finish();
  const sales = writeSales(files.sales, seed, cases, sample.refunds);
  flaws.push(...placeSalesFlaws(files));
  writeProducts(files.products);
  const ignored = mapFiles((name) => {
    const trailer = trailerOf(name, sales);
    trailer.forEach((row) => files[name].add(row));
    return trailer.length;
  });
  const rows = mapFiles((name) => files[name].records);
  mapFiles((name) => files[name].close());
  files.conduct.close();
  writeFileSync(join(out, 'aftersight.yaml'), configText());
  writeFileSync(join(out, 'truth.json'), truthText({ cases, seed }, sample.tally, flaws, rows, ignored, sales));
  return {
    files: ['aftersight.yaml', 'truth.json', CONDUCT_TRUTH.path, ...Object.values(FILES).map((file) => file.path)],
    rows,
  };
}

function placeFlaws(files: SampleFiles, ticketId: string): PlacedFlaw[] {
  return flawsFor(ticketId)
    .filter((flaw) => flaw.file !== 'sales')
    .map((flaw) => {
      files[flaw.file].add(flaw.row);
      return { ...flaw, record: files[flaw.file].records };
    });
}

function placeSalesFlaws(files: SampleFiles): PlacedFlaw[] {
  return flawsFor('')
    .filter((flaw) => flaw.file === 'sales')
    .map((flaw) => {
      files.sales.add(flaw.row);
      return { ...flaw, record: files.sales.records };
    });
}

function mapFiles<T>(read: (name: FileName) => T): Record<FileName, T> {
  return {
    tickets: read('tickets'),
    messages: read('messages'),
    events: read('events'),
    refunds: read('refunds'),
    refunds_tmall: read('refunds_tmall'),
    sales: read('sales'),
    products: read('products'),
  };
}
