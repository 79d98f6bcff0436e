import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const shim = fileURLToPath(new URL('../../pipeline/aftersight.mjs', import.meta.url));

function runAftersight(...args: string[]) {
  return spawnSync(process.execPath, [shim, ...args], { encoding: 'utf8' });
}

test('--help is an answer: on stdout, exit code 0', () => {
  const { status, stdout, stderr } = runAftersight('--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Usage: aftersight');
});

test('--version prints the version alone', () => {
  expect(runAftersight('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([['no-such-command'], ['--no-such-option']])(
  'wrong usage (%s) is exit code 2, with a message and no stack trace',
  (arg) => {
    const { status, stdout, stderr } = runAftersight(arg);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain('    at ');
  },
);
