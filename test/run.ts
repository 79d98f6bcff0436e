import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'aftersight-test-'));

const checks: [name: string, commands: string[][]][] = [
  ['lint', [['eslint/bin/eslint.js', '--max-warnings', '0', '.']]],
  ['format', [['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']]],
  [
    'types',
    [
      ['@sveltejs/kit/svelte-kit.js', 'sync'],
      ['svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
    ],
  ],
];

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  numFailedTestSuites: z.int(),
});

async function runNode(args: string[]): Promise<number> {
  const [script = '', ...rest] = args;
  const path = join(root, 'node_modules', script);
  const child = spawn(process.execPath, [path, ...rest], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  await once(child, 'exit');
  return child.exitCode ?? 1;
}

async function runCheck(name: string, commands: string[][]): Promise<Tally> {
  const startMs = performance.now();
  let failed = 0;
  for (const command of commands) {
    if ((await runNode(command)) !== 0) failed = 1;
  }
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${failed === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  return { passed: 1 - failed, failed, skipped: 0 };
}

/** Runs suites with Vitest. A suite that breaks outside a test counts as one failure, so that nothing fails silently. */
async function runSuites(suites: string[], filters: string[]): Promise<Tally> {
  const output = join(scratch, `${suites.join('-')}.json`);
  const projects = suites.flatMap((suite) => ['--project', suite]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const exitCode = await runNode(['vitest/vitest.mjs', 'run', ...projects, ...reporters, ...filters]);
  if (!existsSync(output)) return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  const report = reportSchema.parse(JSON.parse(readFileSync(output, 'utf8')));
  const failed = report.numFailedTests === 0 && exitCode !== 0 ? 1 : report.numFailedTests;
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
}

const filters = process.argv.slice(2);
const tallies: Tally[] = [];
if (filters.length === 0) {
  for (const [name, commands] of checks) tallies.push(await runCheck(name, commands));
}
tallies.push(await runSuites(['unit', 'warehouse', 'faults'], filters));
tallies.push(await runSuites(['e2e'], filters));
rmSync(scratch, { recursive: true });

const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
const skipped = sum('skipped');
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
