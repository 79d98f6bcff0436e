import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureApp } from '../../pipeline/serve/app_build.ts';
import { runCommand, serveBuilt } from './built_app.ts';
import { makeAccount, operator, signIn } from './session.ts';
import { ensureChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string;
    chromium: string | null;
    /** The configuration the server runs with, and the folder of its sample. */
    configPath: string;
    /** The session of an operator, as the Cookie header has it. */
    cookie: string;
  }
}

const sampleCases = 4000;

/** Builds the app, serves a generated sample as in production and provides its address and a browser to the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = ensureChromium();
  project.provide('chromium', chromium);
  if (chromium === null)
    process.stderr.write('No Chromium here and none could be installed: the tests in a browser are skipped.\n');
  await ensureApp();
  const folder = await mkdtemp(join(tmpdir(), 'aftersight-e2e-'));
  const configPath = join(folder, 'aftersight.yaml');
  runCommand(['generate', '--cases', String(sampleCases), '--seed', '1', '--out', folder, '--force']);
  await appendFile(configPath, '\npii: keep\n');
  runCommand(['run', '--config', configPath]);
  makeAccount(configPath, operator, 'operator');
  const server = await serveBuilt(configPath);
  project.provide('cookie', await signIn(server.baseUrl));
  project.provide('baseUrl', server.baseUrl);
  project.provide('configPath', configPath);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
