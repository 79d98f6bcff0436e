import { existsSync } from 'node:fs';
import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { generate } from '../generate/generate.ts';

/** What tells two samples apart: same options, same bytes. */
export interface SampleOptions {
  cases: number;
  seed: number;
}

/** What a folder holds: nothing, a generated sample, or somebody's files. */
export type FolderContent = { kind: 'nothing' } | { kind: 'sample'; options: SampleOptions } | { kind: 'other' };

const truthSchema = z.object({ cases: z.int(), seed: z.int() });

/** Tells what a folder holds; a sample is one by its truth file, which is written last. */
export async function inspectFolder(folder: string): Promise<FolderContent> {
  if (!existsSync(folder) || (await readdir(folder)).length === 0) return { kind: 'nothing' };
  const path = join(folder, 'truth.json');
  if (!existsSync(path)) return { kind: 'other' };
  const truth = truthSchema.safeParse(parse(await readFile(path, 'utf8')));
  return truth.success ? { kind: 'sample', options: truth.data } : { kind: 'other' };
}

/** Generates a sample beside the folder and puts it in its place once complete; what was there, its loads included, is gone then. */
export async function replaceSample(
  folder: string,
  options: SampleOptions,
  onProgress: (cases: number) => void,
): Promise<void> {
  const target = resolve(folder);
  const draft = join(dirname(target), `.${basename(target)}.generating`);
  await rm(draft, { recursive: true, force: true });
  await generate({ ...options, out: draft, onProgress });
  await rm(target, { recursive: true, force: true });
  await rename(draft, target);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
