import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const launcher = new URL('../../pipeline/launch.mjs', import.meta.url).href;

function startBound(script: string) {
  const code = `import { spawnBound } from ${JSON.stringify(launcher)}; spawnBound(process.execPath, ['--eval', ${JSON.stringify(script)}]);`;
  return spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('kill -9 of the launcher ends what it runs, which lets go of its output', async () => {
  const launched = startBound('console.log(1); setInterval(() => {}, 1000);');
  await once(launched.stdout, 'data');

  launched.kill('SIGKILL');

  const [, signal] = await once(launched, 'close');
  expect(signal).toBe('SIGKILL');
});

test('the launcher ends with the exit code of what it runs', async () => {
  const launched = startBound('process.exitCode = 3;');
  await once(launched, 'exit');
  expect(launched.exitCode).toBe(3);
});
