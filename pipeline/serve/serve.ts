import type { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { formatDuration } from '#lib/metrics/format.ts';
import type { Config } from '#lib/server/config.ts';
import { nextDue } from '#lib/server/schedule_due.ts';
import { readCurrent } from '#lib/server/snapshot.ts';
import { root } from '../launch.mjs';
import { UsageError } from '../terminal/options.ts';
import { formatInstant } from '../terminal/period.ts';
import { BuildError, appFolder, ensureApp } from './app_build.ts';
import { type WebServer, isLoopback, listen, protocolHeader } from './web_server.ts';

const exitPatienceMs = 10_000;

/** The server cannot start; the message says why and what to do (exit code 1). */
export class ServeError extends Error {
  override readonly name = 'ServeError';
  readonly exitCode = 1;
}

type Handler = (...parts: [...Parameters<RequestListener>, next: () => void]) => void;
const builtApp = z.object({ handler: z.custom<Handler>((value) => typeof value === 'function') });

/** Takes a port of this machine. Errors: UsageError for any other host, ServeError where the port is taken. */
export async function takePort(host: string, port: number): Promise<WebServer> {
  const t = translator(detectLocale(process.env));
  if (!isLoopback(host)) throw new UsageError(t('serve.hostRefused', { host }));
  return listen(host, port).catch((cause: NodeJS.ErrnoException) => {
    const text =
      cause.code === 'EADDRINUSE'
        ? t('serve.portTaken', { port, other: port + 1 })
        : t('serve.cannotListen', { host, port, why: cause.message });
    throw new ServeError(text, { cause });
  });
}

/** Makes sure that there is an app to serve, saying so on stderr where that takes a while. Errors: ServeError. */
export async function prepareApp(): Promise<void> {
  const locale = detectLocale(process.env);
  const t = translator(locale);
  const startedMs = performance.now();
  const say = (text: string): unknown => process.stderr.write(`${text}\n`);
  const outcome = await ensureApp({ onBuild: () => say(t('serve.building')) }).catch((error: unknown) => {
    if (!(error instanceof BuildError)) throw error;
    throw new ServeError(t('serve.buildFailed', { output: error.output }), { cause: error });
  });
  if (outcome === 'missing') throw new ServeError(t('serve.notBuilt'));
  if (outcome === 'outdated') say(`${t('error.warning')}: ${t('serve.outdated')}`);
  const duration = formatDuration((performance.now() - startedMs) / 1000, locale);
  if (outcome === 'built') say(t('serve.built', { duration }));
}

/** Serves the built app until a signal comes, and keeps the schedule of the configuration meanwhile. */
export async function serveUntilSignal(config: Config, server: WebServer, { json }: { json: boolean }): Promise<void> {
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
  // One request that goes wrong in a way nobody foresaw must not end the others.
  process.on('unhandledRejection', (error) => process.stderr.write(`${JSON.stringify({ error: String(error) })}\n`));
  process.env['AFTERSIGHT_CONFIG'] = config.path;
  process.env['AFTERSIGHT_NIGHTLY'] = JSON.stringify(nightlyCommand(config));
  process.env['PROTOCOL_HEADER'] = protocolHeader;
  const { handler } = builtApp.parse(await import(pathToFileURL(join(appFolder, 'handler.js')).href));
  server.answerWith((request, response) => handler(request, response, () => response.writeHead(404).end()));
  // The first request opens the snapshot and starts the schedule; nobody should have to wait for it.
  await fetch(`${server.url}/healthz`, { headers: { connection: 'close' } }).catch(() => null);
  const text = json ? JSON.stringify({ url: server.url, pid: process.pid }) : await describe(config, server.url);
  process.stdout.write(`${text}\n`);
  const signal = await stopped;
  setTimeout(() => process.exit(1), exitPatienceMs).unref();
  const events: EventEmitter = process;
  events.emit('sveltekit:shutdown', signal);
  await server.close();
}

/** A run in a process of its own, which does not outlive this one. */
function nightlyCommand(config: Config): string[] {
  const bound = new URL('../bound.mjs', import.meta.url).href;
  return [process.execPath, '--import', bound, join(root, 'pipeline/cli.ts'), 'run', '--config', config.path, '--json'];
}

async function describe(config: Config, url: string): Promise<string> {
  const t = translator(detectLocale(process.env));
  const current = await readCurrent(config.dataDir);
  const next = config.schedule && nextDue(config.schedule, new Date());
  const lines = [
    t('serve.started', { url }),
    current === null
      ? t(next ? 'serve.firstRun' : 'serve.noData', { command: `npx aftersight run --config ${config.path}` })
      : t('serve.data', { asOf: formatInstant(current.asOf, config.timezone), snapshot: current.snapshot }),
    ...(next ? [t('serve.next', { at: formatInstant(next.toISOString(), config.timezone) })] : []),
    t('serve.stop'),
  ];
  return lines.join('\n');
}
