import type { Translate } from '#lib/i18n/translator.ts';
import { systemKinds } from '#lib/server/run_record.ts';
import { classifyFailure } from '../failure.ts';

/** Puts an error into words: what it is, where, and what to do; nothing of where in the program. */
export function describeFailure(error: unknown, t: Translate): { text: string; exitCode: number } {
  const { kind, message, remedy, exitCode } = classifyFailure(error);
  if (kind === 'usage') return { text: message, exitCode };
  const system = systemKinds.find((one) => one === kind);
  if (system !== undefined)
    return { text: `${t(`error.${system}`)}: ${message}\n  → ${t(`remedy.${system}`)}`, exitCode };
  return { text: `${t(`error.${kind}`)}:\n${message}${remedy === null ? '' : `\n  → ${remedy}`}`, exitCode };
}
