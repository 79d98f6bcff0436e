import { forbiddenKinds, type ForbiddenKind } from '#lib/qa/conduct.ts';
import { z } from 'zod';
import { forbiddenDefaults } from './config_conduct_defaults.ts';
import { isMapping, type Findings } from './config_findings.ts';
import { suggest } from './config_nearest.ts';
import { choiceSchema, idSchema, objectSchema, textSchema } from './config_values.ts';

/** Words that no agent may type; … stands for up to eight characters of the same sentence. */
export interface ForbiddenPhrase {
  phrase: string;
  kind: ForbiddenKind;
  /** Longer wordings around the phrase that are harmless. */
  unless: readonly string[];
  /** Null for all brands. */
  brands: readonly string[] | null;
}

const phraseAllowed = 'words of at least 2 characters, such as 拆封…不退, where … stands for a few characters between';
const phraseSchema = textSchema(phraseAllowed).refine(
  (text) => text.replaceAll('…', '').length >= 2 && !text.startsWith('…') && !text.endsWith('…'),
  phraseAllowed,
);

const forbiddenSchema = objectSchema({
  phrase: phraseSchema,
  kind: choiceSchema(forbiddenKinds),
  unless: z.array(phraseSchema, 'a list of wordings that are harmless').optional(),
  brands: z.array(idSchema, 'a list of brands').min(1, 'at least one brand').optional(),
});

const keys = ['forbidden', 'without'];

/** Resolves the forbidden phrases: the product's list, less those in `without`, with those of the file added or in their place. */
export function resolveForbidden(findings: Findings, value: unknown, brands: readonly string[]): ForbiddenPhrase[] {
  if (value === undefined) return [...forbiddenDefaults];
  if (!isMapping(value)) {
    findings.add(['conduct'], `a mapping with the keys ${keys.join(', ')}`);
    return [];
  }
  for (const key of Object.keys(value)) if (!keys.includes(key)) findings.addKey(['conduct', key], suggest(key, keys));
  const base = ['conduct', 'forbidden'];
  findings.expectDistinct(value['forbidden'], base, 'phrase');
  const own = findings.parseList(forbiddenSchema, value['forbidden'], base).map(({ index, item }) => {
    item.brands?.forEach((brand, place) => findings.expect([...base, index, 'brands', place], brand, brands));
    return { phrase: item.phrase, kind: item.kind, unless: item.unless ?? [], brands: item.brands ?? null };
  });
  const known = forbiddenDefaults.map(({ phrase }) => phrase);
  const dropped = findings
    .parseList(phraseSchema, value['without'], ['conduct', 'without'])
    .filter(({ index, item }) => findings.expect(['conduct', 'without', index], item, known))
    .map(({ item }) => item);
  const replaced = new Set([...dropped, ...own.map(({ phrase }) => phrase)]);
  return [...forbiddenDefaults.filter(({ phrase }) => !replaced.has(phrase)), ...own];
}
