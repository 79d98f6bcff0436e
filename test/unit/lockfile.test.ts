import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const manifestSchema = z.object({ allowScripts: z.record(z.string(), z.boolean()) });

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
}

const { packages } = lockfileSchema.parse(readJson('package-lock.json'));
const { allowScripts } = manifestSchema.parse(readJson('package.json'));

function isListed(name: string, from: string): boolean {
  const parts = from.split('/node_modules/');
  const folders = parts.map((_part, index) => `${parts.slice(0, index + 1).join('/node_modules/')}/`);
  return ['', ...folders].some((folder) => `${folder}node_modules/${name}` in packages);
}

test('the lockfile lists the packages of every platform, so that npm ci passes on each', () => {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isListed(name, path))
      .map((name) => `${path} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every package with an install script has its script allowed or refused in package.json', () => {
  const undecided = Object.entries(packages)
    .filter(([, entry]) => entry.hasInstallScript === true)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
    .filter((name) => !(name in allowScripts));
  expect(undecided).toEqual([]);
});

test('the lockfile names no download address, so that any registry serves it', () => {
  expect(Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
});
