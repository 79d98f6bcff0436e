import type { CommanderError } from 'commander';
import type { Translate } from '#lib/i18n/translator.ts';

interface Wording {
  code: string;
  /** What commander writes, in English only. */
  pattern: RegExp;
  say: (t: Translate, parts: readonly string[]) => string;
}

const wordings: readonly Wording[] = [
  {
    code: 'commander.unknownOption',
    pattern: /^error: unknown option '(.*)'/,
    say: (t, [given = '']) => t('usage.unknownOption', { given }),
  },
  {
    code: 'commander.unknownCommand',
    pattern: /^error: unknown command '(.*)'/,
    say: (t, [given = '']) => t('usage.unknownCommand', { given }),
  },
  {
    code: 'commander.missingArgument',
    pattern: /^error: missing required argument '(.*)'/,
    say: (t, [name = '']) => t('usage.missingArgument', { name }),
  },
  {
    code: 'commander.optionMissingArgument',
    pattern: /^error: option '(.*)' argument missing/,
    say: (t, [option = '']) => t('usage.missingValue', { option }),
  },
  {
    code: 'commander.missingMandatoryOptionValue',
    pattern: /^error: required option '(.*)' not specified/,
    say: (t, [option = '']) => t('usage.missingOption', { option }),
  },
  {
    code: 'commander.excessArguments',
    pattern: /Expected (\d+) arguments? but got (\d+)/,
    say: (t, [most = '', given = '']) => t('usage.tooMany', { most, given }),
  },
  {
    code: 'commander.invalidArgument',
    pattern: /^error: option '(.*?)' argument '(.*)' is invalid\. ?(.*)$/s,
    say: (t, [option = '', given = '', why = '']) =>
      join([t('usage.invalidOption', { option, given }), allowed(t, why)], t),
  },
  {
    code: 'commander.invalidArgument',
    pattern: /^error: command-argument value '(.*)' is invalid for argument '(.*?)'\. ?(.*)$/s,
    say: (t, [given = '', name = '', why = '']) =>
      join([t('usage.invalidArgument', { name, given }), allowed(t, why)], t),
  },
];

/** Puts what commander says of wrong usage into the language of the terminal; what it does not know stays as it is. */
export function describeUsage({ code, message }: CommanderError, t: Translate): string {
  const found = wordings.flatMap((wording) => {
    const parts = wording.code === code ? wording.pattern.exec(message) : null;
    return parts ? [wording.say(t, parts.slice(1))] : [];
  });
  const nearest = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(message)?.[1];
  const said = found[0] ?? message.replace(/^error: /, '');
  const hint = found[0] === undefined || nearest === undefined ? '' : t('usage.nearest', { nearest });
  return `${t('error.usage')}: ${join([said, hint], t)}\n(${t('usage.help')})`;
}

/** Our own parsers speak the language already; the choices of an option are listed by commander. */
function allowed(t: Translate, why: string): string {
  const choices = /^Allowed choices are (.*)\.$/.exec(why)?.[1];
  return choices === undefined ? why : t('usage.choices', { choices });
}

function join(parts: readonly string[], t: Translate): string {
  return parts.filter((part) => part !== '').join(t('usage.separator'));
}
