import { z } from 'zod';
import { locales, type Locale } from '#lib/i18n/locale.ts';
import { findNearest, suggest } from './config_nearest.ts';

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Reads a duration such as 30s, 10m, 24h, 7d or 1h30m as seconds; null when it does not read. */
export function parseDuration(text: string): number | null {
  if (!/^(\d+(\.\d+)?[smhd])+$/.test(text)) return null;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)([smhd])/g))
    seconds += Number(amount) * (unitSeconds[unit ?? ''] ?? 0);
  return seconds;
}

/** Reads a share such as 95% (or 0.95) as a fraction from 0 to 1; null when it does not read. */
export function parseShare(text: string): number | null {
  const percent = /^(\d+(?:\.\d+)?)\s?[%％]$/.exec(text);
  const share = percent
    ? Number((Number(percent[1]) / 100).toPrecision(12))
    : /^(0(\.\d+)?|1(\.0+)?)$/.test(text)
      ? Number(text)
      : null;
  return share !== null && share <= 1 ? share : null;
}

/** Tells whether a text is a date of the calendar written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function read<T>(allowed: string, parse: (text: string) => T | null) {
  return z.string(allowed).transform((text, context) => {
    const value = parse(text.trim());
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: allowed });
    return z.NEVER;
  });
}

const zones = Intl.supportedValuesOf('timeZone');
const zoneByLowerCase = new Map([...zones, 'UTC'].map((zone) => [zone.toLowerCase(), zone]));

function readZone(text: string): string | null {
  const listed = zoneByLowerCase.get(text.toLowerCase());
  if (listed !== undefined) return listed;
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(text)) return null;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    return null;
  }
}

const zoneAllowed = 'an IANA time zone such as Asia/Shanghai, UTC, America/New_York';

export const zoneSchema = z.string(zoneAllowed).transform((text, context) => {
  const zone = readZone(text.trim());
  if (zone !== null) return zone;
  const nearest = findNearest(text, zones);
  context.addIssue({
    code: 'custom',
    message: nearest === null ? zoneAllowed : `${zoneAllowed} (did you mean ${nearest}?)`,
  });
  return z.NEVER;
});

export const durationAllowed = 'a duration such as 30s, 10m, 24h, 7d';
export const durationSchema = read(durationAllowed, (text) => {
  const seconds = parseDuration(text);
  return seconds !== null && seconds > 0 ? seconds : null;
});

export const dateSchema = read('a date such as 2026-01-31', (text) => (isDate(text) ? text : null));

export const textSchema = (allowed: string) => read(allowed, (text) => (text === '' ? null : text.normalize('NFC')));

export const idSchema = textSchema('an id (a text, not empty)');

export const integerSchema = (allowed: string, least: number) =>
  read(allowed, (text) => (/^-?\d{1,15}$/.test(text) && Number(text) >= least ? Number(text) : null));

export const choiceSchema = <const T extends readonly string[]>(choices: T) =>
  z.string(choices.join(', ')).transform((text, context): T[number] => {
    const choice = choices.find((one) => one === text.trim());
    if (choice !== undefined) return choice;
    context.addIssue({ code: 'custom', message: suggest(text, choices) });
    return z.NEVER;
  });

/** Makes an object schema that refuses unknown keys and says which are known and which is nearest. */
export function objectSchema<S extends z.ZodRawShape>(shape: S) {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? keys.join(', ') : `a mapping with the keys ${keys.join(', ')}`,
  });
}

const nameAllowed = `a text, or a mapping with ${locales.join(', ')}`;

/** Reads a name in one language or several as a name in each; a missing language takes the nearest one. */
export const nameSchema = z
  .union(
    [
      textSchema(nameAllowed).transform((name) => ({ 'zh-CN': name, 'zh-TW': name, en: name })),
      objectSchema({
        'zh-CN': textSchema('a text').optional(),
        'zh-TW': textSchema('a text').optional(),
        en: textSchema('a text').optional(),
      }).transform((names, context) => {
        const any = names['zh-CN'] ?? names['zh-TW'] ?? names.en;
        if (any !== undefined) return { 'zh-CN': any, 'zh-TW': names['zh-TW'] ?? any, en: names.en ?? any };
        context.addIssue({ code: 'custom', message: nameAllowed });
        return z.NEVER;
      }),
    ],
    nameAllowed,
  )
  .transform((names): Record<Locale, string> => names);
