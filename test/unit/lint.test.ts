import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });

async function lint(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).map((message) => `${message.ruleId ?? 'parse'}: ${message.message}`);
}

async function expectRefused(filePath: string, code: string, rule: string): Promise<void> {
  expect(await lint(filePath, code)).toEqual([expect.stringContaining(`${rule}: `)]);
}

async function expectAccepted(filePath: string, code: string): Promise<void> {
  expect(await lint(filePath, code)).toEqual([]);
}

test.each([
  ['src/lib/metrics/x.ts', '#lib/server/config.ts'],
  ['src/lib/metrics/x.ts', '../server/config.ts'],
  ['src/lib/metrics/x.ts', '#lib/i18n/catalogue.ts'],
  ['src/lib/i18n/x.ts', '#lib/server/config.ts'],
  ['src/lib/qa/x.ts', '#lib/charts/plot.ts'],
  ['src/lib/server/x.ts', '../../../pipeline/extract/files.ts'],
  ['src/lib/server/x.ts', '../../../reports/monthly/model.ts'],
  ['src/lib/server/x.ts', '../../routes/page.ts'],
  ['src/lib/charts/x.ts', '#lib/server/config.ts'],
  ['src/lib/components/x.ts', '#lib/server/config.ts'],
  ['pipeline/x.ts', '../src/routes/page.ts'],
  ['pipeline/x.ts', '#lib/charts/plot.ts'],
  ['pipeline/x.ts', '../reports/monthly/model.ts'],
  ['pipeline/x.ts', './commands/run.ts'],
  ['pipeline/commands/x.ts', '../../src/routes/page.ts'],
  ['reports/monthly/x.ts', '../../pipeline/extract/files.ts'],
  ['reports/monthly/x.ts', '../../src/routes/page.ts'],
  ['reports/monthly/x.ts', '#lib/components/tile.ts'],
  ['src/routes/x.ts', '../../pipeline/extract/files.ts'],
  ['pipeline/x.ts', '../test/fixtures/cases.ts'],
])('%s must not import %s, in any form', async (file, target) => {
  await expectRefused(file, `import { a } from '${target}';\nexport const b = a;\n`, 'layers/import');
  await expectRefused(file, `import type { A } from '${target}';\nexport type B = A;\n`, 'layers/import');
  await expectRefused(file, `export { a } from '${target}';\n`, 'layers/import');
  await expectRefused(file, `export * from '${target}';\n`, 'layers/import');
  await expectRefused(file, `export const b = () => import('${target}');\n`, 'layers/import');
});

test.each([
  ['src/routes/x.ts', '#lib/server/config.ts'],
  ['src/routes/x.ts', '../lib/components/tile.ts'],
  ['src/lib/server/x.ts', '#lib/metrics/registry.ts'],
  ['src/lib/server/x.ts', '#lib/qa/agreement.ts'],
  ['src/lib/metrics/x.ts', './registry.ts'],
  ['src/lib/i18n/x.ts', '#lib/metrics/registry.ts'],
  ['pipeline/x.ts', '#lib/server/config.ts'],
  ['pipeline/x.ts', '#lib/metrics/registry.ts'],
  ['pipeline/x.ts', '#lib/i18n/catalogue.ts'],
  ['pipeline/commands/x.ts', '../extract/files.ts'],
  ['pipeline/commands/x.ts', '../../reports/monthly/model.ts'],
  ['reports/monthly/x.ts', '#lib/charts/plot.ts'],
  ['test/unit/x.ts', '../../pipeline/extract/files.ts'],
])('%s may import %s', async (file, target) => {
  await expectAccepted(file, `import { a } from '${target}';\nexport const b = a;\n`);
});

test.each([
  ['node:fs', `import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n`, 'layers/pure'],
  ['fs', `import { readFileSync } from 'fs';\nexport const a = readFileSync;\n`, 'layers/pure'],
  ['a dynamic node:fs', `export const a = () => import('node:fs/promises');\n`, 'layers/pure'],
  ['Date.now()', 'export const a = Date.now();\n', 'layers/pure'],
  ['Date.now as a value', 'export const a = [1].map(Date.now);\n', 'layers/pure'],
  ["Date['now']()", "export const a = Date['now']();\n", 'layers/pure'],
  ['new Date()', 'export const a = new Date();\n', 'layers/pure'],
  ['Date()', 'export const a = Date();\n', 'layers/pure'],
  ['Math.random()', 'export const a = Math.random();\n', 'layers/pure'],
  ['process', 'export const a = process.env;\n', 'no-restricted-globals'],
  ['fetch', "export const a = fetch('https://example.org');\n", 'no-restricted-globals'],
  ['crypto', 'export const a = crypto.randomUUID();\n', 'no-restricted-globals'],
])('lib/metrics and lib/qa read no clock and do no IO: %s', async (_name, code, rule) => {
  await expectRefused('src/lib/metrics/x.ts', code, rule);
  await expectRefused('src/lib/qa/x.ts', code, rule);
  await expectAccepted('pipeline/x.ts', code);
});

test('lib/metrics may build a date from a given instant', async () => {
  await expectAccepted('src/lib/metrics/x.ts', 'export const a = (ms: number) => new Date(ms);\n');
});

test('any is refused', async () => {
  await expectRefused('pipeline/x.ts', 'export const a: any = 1;\n', '@typescript-eslint/no-explicit-any');
});

test('a non-null assertion is refused', async () => {
  const code = 'export const a = (b: string | null) => b!;\n';
  await expectRefused('pipeline/x.ts', code, '@typescript-eslint/no-non-null-assertion');
});

test('a cast to a narrower type nobody checked is refused', async () => {
  const typed = new ESLint({ overrideConfig: [{ languageOptions: { parserOptions: { projectService: true } } }] });
  const code = 'export const a = (b: unknown) => b as string;\n';
  const [result] = await typed.lintText(code, { filePath: 'pipeline/cli.ts' });
  expect(result?.messages.map((message) => message.ruleId)).toContain('@typescript-eslint/no-unsafe-type-assertion');
});

test('an import of a shared or neighbouring module without its ending is refused', async () => {
  const code = "import { a } from './b';\nexport const c = a;\n";
  await expectRefused('pipeline/x.ts', code, 'no-restricted-imports');
  await expectAccepted(
    'src/routes/x.ts',
    "import type { PageServerLoad } from './$types';\nexport type A = PageServerLoad;\n",
  );
});

test('$app and $lib stay out of modules that plain Node runs', async () => {
  const code = "import { dev } from '$app/environment';\nexport const a = dev;\n";
  await expectRefused('src/lib/server/x.ts', code, 'layers/import');
  await expectAccepted('src/lib/server/context.ts', code);
  await expectAccepted('src/routes/x.ts', code);
  await expectRefused('src/routes/x.ts', "import { a } from '$lib/a.ts';\nexport const b = a;\n", 'layers/import');
});
