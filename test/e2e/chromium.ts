import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/snap/bin/chromium'];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Finds a Chromium or Chrome: CHROME_PATH, the PATH, the usual places, Playwright's own. Null where there is none. */
export function findChromium(): string | null {
  const named = process.env.CHROME_PATH;
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...folders, '/usr/bin'].flatMap((folder) => names.map((name) => join(folder, name)));
  return [...candidates, ...elsewhere, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/** Finds a Chromium, installing one through apt (as root) or Playwright where it is missing. Null where that fails. */
export function ensureChromium(): string | null {
  const found = findChromium();
  if (found !== null || process.env.CHROME_PATH) return found;
  if (process.getuid?.() === 0 && attempt('apt-get', ['--version'])) {
    attempt('apt-get', ['update']);
    attempt('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
    if (findChromium() !== null) return findChromium();
  }
  const playwright = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '..', 'cli.js');
  attempt(process.execPath, [playwright, 'install', 'chromium']);
  return findChromium();
}

function attempt(command: string, args: string[]): boolean {
  process.stderr.write(`Chromium for the browser tests: ${command} ${args.slice(0, 2).join(' ')} …\n`);
  const minuteMs = 60_000;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 5 * minuteMs });
  return done.status === 0;
}

/** Starts a headless browser with an empty profile. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: flags });
}
