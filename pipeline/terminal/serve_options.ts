import { type Command, InvalidArgumentError } from 'commander';
import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';

/** Where the dashboard is served. */
export interface ServeOptions {
  host: string;
  port: number;
  insecureHttp: boolean;
}

export const portDefault = 4170;

const mostPort = 65_535;

/** Adds what serve and demo share. */
export function withServeOptions(command: Command): Command {
  return command
    .option('--host <host>', 'where to listen; beyond this machine only with an https public_url', '127.0.0.1')
    .option('--port <port>', 'the port to listen on; 0 is any that is free', parsePort, portDefault)
    .option('--insecure-http', 'listen beyond this machine without TLS: passwords can be read on the way', false);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= mostPort) return port;
  throw new InvalidArgumentError(translator(detectLocale(process.env))('usage.integer', { least: 0, most: mostPort }));
}
