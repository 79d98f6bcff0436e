import { type Command, InvalidArgumentError } from 'commander';
import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';

export interface SampleCommandOptions {
  cases: number;
  seed: number;
  force: boolean;
  json: boolean;
}

const mostCases = 50_000_000;
const mostSeed = 2 ** 31 - 1;

/** Adds what generate and demo share. */
export function withSampleOptions(command: Command): Command {
  return command
    .option('--cases <n>', 'how many cases', wholeNumber(1, mostCases), 100_000)
    .option('--seed <n>', 'the same seed gives the same data', wholeNumber(0, mostSeed), 1)
    .option('--json', 'print the answer as JSON', false);
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(translator(detectLocale(process.env))('usage.integer', { least, most }));
  };
}
