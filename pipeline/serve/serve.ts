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
import type { ServeOptions } from '../terminal/serve_options.ts';
import { BuildError, appFolder, ensureApp } from './app_build.ts';
import { type WebServer, isLoopback, listen, protocolHeader } from './web_server.ts';

const exitPatienceMs = 10_000;

/** The server cannot start; the message says why and what to do (exit code 1). */
export class ServeError extends Error {
  override readonly name = 'ServeError';
  readonly exitCode = 1;
}

/** How browsers come to a server: by which address, and which header of the proxy between tells where from. */
export interface Front {
  publicUrl: string | null;
  addressHeader: string | null;
  hops: number;
}

/** Nothing between browsers and this machine. */
export const noFront: Front = { publicUrl: null, addressHeader: null, hops: 1 };

/** What the configuration says of it, else what the environment tells adapter-node. */
export function frontOf({ web: { publicUrl, proxy } }: Config, env: NodeJS.ProcessEnv): Front {
  const given = (name: string) => (env[name] === undefined || env[name] === '' ? null : env[name]);
  return {
    publicUrl: publicUrl ?? given('ORIGIN'),
    addressHeader: proxy?.addressHeader ?? given('ADDRESS_HEADER'),
    hops: proxy?.hops ?? Number(given('XFF_DEPTH') ?? 1),
  };
}

type Handler = (...parts: [...Parameters<RequestListener>, next: () => void]) => void;
const builtApp = z.object({ handler: z.custom<Handler>((value) => typeof value === 'function') });

/**
 * Takes a port. Others reach it only where browsers come by TLS, which ends in a proxy that tells who asks, or where plain HTTP is wanted.
 * Errors: UsageError, ServeError where the port is taken.
 */
export async function takePort(
  { host, port, insecureHttp }: ServeOptions,
  { publicUrl, addressHeader }: Front,
): Promise<WebServer> {
  const t = translator(detectLocale(process.env));
  const isSafe = isLoopback(host) || (publicUrl?.startsWith('https:') === true && addressHeader !== null);
  if (!isSafe && !insecureHttp) throw new UsageError(t('serve.hostRefused', { host }));
  if (!isSafe) process.stderr.write(`${t('error.warning')}: ${t('serve.insecure')}\n`);
  return listen(host, port, publicUrl).catch((cause: NodeJS.ErrnoException) => {
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
  tellAdapter(frontOf(config, process.env));
  const { handler } = builtApp.parse(await import(pathToFileURL(join(appFolder, 'handler.js')).href));
  server.answerWith((request, response) => handler(request, response, () => response.writeHead(404).end()));
  // The first request opens the snapshot and starts the schedule; nobody should have to wait for it.
  await fetch(`${server.url}/healthz`, { headers: { connection: 'close' } }).catch(() => null);
  const { url } = server;
  const text = json ? JSON.stringify({ url, pid: process.pid }) : await describe(config, url);
  process.stdout.write(`${text}\n`);
  const signal = await stopped;
  setTimeout(() => process.exit(1), exitPatienceMs).unref();
  const events: EventEmitter = process;
  events.emit('sveltekit:shutdown', signal);
  await server.close();
}

/** adapter-node reads these once, when the app is imported. */
function tellAdapter({ publicUrl, addressHeader, hops }: Front): void {
  if (publicUrl === null) process.env['PROTOCOL_HEADER'] = protocolHeader;
  else process.env['ORIGIN'] = publicUrl;
  if (addressHeader !== null) process.env['ADDRESS_HEADER'] = addressHeader;
  process.env['XFF_DEPTH'] = String(hops);
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
  const { publicUrl } = frontOf(config, process.env);
  const lines = [
    t('serve.started', { url }),
    ...(publicUrl === null ? [] : [t('serve.public', { url: publicUrl })]),
    current === null
      ? t(next ? 'serve.firstRun' : 'serve.noData', { command: `npx aftersight run --config ${config.path}` })
      : t('serve.data', { asOf: formatInstant(current.asOf, config.timezone), snapshot: current.snapshot }),
    ...(next ? [t('serve.next', { at: formatInstant(next.toISOString(), config.timezone) })] : []),
    t('serve.stop'),
  ];
  return lines.join('\n');
}
