import { type Command, InvalidArgumentError } from 'commander';
import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';

/** What every command takes. */
export interface CommonOptions {
  config: string;
  json: boolean;
}

/** Wrong usage (exit code 2); the message says what was given and what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitCode = 2;
}

export function withCommonOptions(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration file', 'aftersight.yaml')
    .option('--json', 'print the answer as JSON', false);
}

/** Reads an ISO 8601 instant with its offset; without one it is UTC. */
export function parseInstant(text: string): Date {
  const instant = new Date(/(?:[zZ]|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(instant.getTime()) || !/^\d{4}-\d{2}-\d{2}T/.test(text)) {
    throw new InvalidArgumentError(translator(detectLocale(process.env))('usage.instant'));
  }
  return instant;
}

/** Reads a day written YYYY-MM-DD. */
export function parseDay(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text)) {
    throw new InvalidArgumentError(translator(detectLocale(process.env))('usage.day'));
  }
  return text;
}
