import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { generate } from '../../pipeline/generate/generate.ts';
import { stage } from './stage.ts';

/** A generated data set on disk; messages and refunds as loaded, bytes of all its files. */
export interface Sample {
  folder: string;
  cases: number;
  messages: number;
  refunds: number;
  bytes: number;
}

const truthFile = z.object({
  cases: z.int(),
  seed: z.int(),
  files: z.array(z.object({ file: z.string(), loaded: z.int() })),
});

/** Generates a sample into a folder, or takes the one that is there. Errors: where that is another one. */
export async function makeSample(folder: string, cases: number, seed: number): Promise<Sample> {
  const path = join(folder, 'truth.json');
  await mkdir(folder, { recursive: true });
  if (!existsSync(path)) await stage(`generate ${count(cases)} cases`, () => generate({ cases, seed, out: folder }));
  const truth = truthFile.parse(JSON.parse(await readFile(path, 'utf8')));
  if (truth.cases !== cases || truth.seed !== seed)
    throw new Error(`${folder} holds ${truth.cases} cases of seed ${truth.seed}: ask for these or name another folder`);
  const loaded = (word: string): number =>
    truth.files.filter(({ file }) => file.includes(word)).reduce((sum, file) => sum + file.loaded, 0);
  const inbox = join(folder, 'inbox');
  const sizes = await Promise.all((await readdir(inbox)).map((name) => stat(join(inbox, name))));
  const bytes = sizes.reduce((sum, one) => sum + one.size, 0);
  return { folder, cases, messages: loaded('messages'), refunds: loaded('refunds'), bytes };
}

/** Says how large a sample is. */
export function describeSample({ cases, messages, refunds, bytes }: Sample): string {
  const size = `${(bytes / 1e9).toFixed(2)} GB of CSV`;
  return `${count(cases)} cases, ${count(messages)} messages, ${count(refunds)} refunds, ${size}`;
}

function count(rows: number): string {
  return rows.toLocaleString('en-US');
}
