import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listMissingPackages, readsTypeScript } from '../../pipeline/launch.mjs';

interface LockEntry {
  version: string;
  dev?: boolean;
  optional?: boolean;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftersight-launch-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function writePackages(file: string, packages: Record<string, LockEntry>): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, file), JSON.stringify({ packages }));
}

test.each([
  ['20.20.2', false],
  ['22.17.9', false],
  ['22.18.0', true],
  ['24.0.0', true],
])('Node %s reads TypeScript: %s', (version, expected) => {
  expect(readsTypeScript(version)).toBe(expected);
});

test('everything is missing on a fresh clone', () => {
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }),
  );
  expect(listMissingPackages(folder, true)).toEqual(['node_modules/a']);
});

test('nothing is missing once every locked package is installed', () => {
  const packages = { '': { version: '0.1.0' }, 'node_modules/a': { version: '1.0.0' } };
  writePackages('package-lock.json', packages);
  writePackages('node_modules/.package-lock.json', packages);
  expect(listMissingPackages(folder, true)).toEqual([]);
});

test('a package installed in another version than the locked one is missing', () => {
  writePackages('package-lock.json', { 'node_modules/a': { version: '1.1.0' } });
  writePackages('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
  expect(listMissingPackages(folder, true)).toEqual(['node_modules/a']);
});

test('packages for other platforms are not missed', () => {
  writePackages('package-lock.json', { 'node_modules/a': { version: '1.0.0', optional: true } });
  expect(listMissingPackages(folder, true)).toEqual([]);
});

test('development packages are missed only where they are needed', () => {
  writePackages('package-lock.json', { 'node_modules/a': { version: '1.0.0', dev: true } });
  expect(listMissingPackages(folder, false)).toEqual([]);
  expect(listMissingPackages(folder, true)).toEqual(['node_modules/a']);
});
