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

const checks: [name: string, command: string[]][] = [
  ['lint', ['eslint/bin/eslint.js', '--max-warnings', '0', '.']],
  ['format', ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
  ['types', ['svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings']],
];

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  numFailedTestSuites: z.int(),
});

function startNode(args: string[], output: 'inherit' | 'pipe') {
  const [script = '', ...rest] = args;
  const path = join(root, 'node_modules', script);
  return spawn(process.execPath, [path, ...rest], { cwd: root, stdio: ['ignore', output, output] });
}

async function runNode(args: string[]): Promise<number> {
  const child = startNode(args, 'inherit');
  await once(child, 'close');
  return child.exitCode ?? 1;
}

/** Runs one check and prints its output once it is done, since checks run side by side. */
async function runCheck(name: string, command: string[]): Promise<Tally> {
  const startMs = performance.now();
  const child = startNode(command, 'pipe');
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  const failed = child.exitCode === 0 ? 0 : 1;
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  if (failed > 0) process.stdout.write(Buffer.concat(chunks));
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
await runNode(['@sveltejs/kit/svelte-kit.js', 'sync']);
if (filters.length === 0) {
  tallies.push(...(await Promise.all(checks.map(([name, command]) => runCheck(name, command)))));
}
tallies.push(await runSuites(['unit', 'store', 'warehouse', 'faults'], filters));
tallies.push(await runSuites(['e2e'], filters));
rmSync(scratch, { recursive: true });

const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
const skipped = sum('skipped');
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
