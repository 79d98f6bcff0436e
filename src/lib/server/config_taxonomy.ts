import type { Locale } from '#lib/i18n/locale.ts';
import type { Path } from './config_document.ts';
import { isMapping, type Findings } from './config_findings.ts';
import { suggest } from './config_nearest.ts';
import { reasonSchema } from './config_schema.ts';

/** A reason; `labels` are all texts that mean it (id, names, synonyms), folded by foldLabel. */
export interface Reason {
  id: string;
  name: Record<Locale, string>;
  parent: string | null;
  labels: readonly string[];
}

/** Folds a text so that labels which mean the same compare equal: trimmed, NFKC, case-folded. */
export function foldLabel(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').trim();
}

function reportCircles(
  findings: Findings,
  reasons: readonly { index: number; item: { id: string; parent?: string | undefined } }[],
): void {
  const parents = new Map(reasons.map(({ item }) => [item.id, item.parent]));
  for (const { index, item } of reasons) {
    const seen = new Set<string>();
    let at: string | undefined = item.parent;
    while (at !== undefined && at !== item.id && !seen.has(at)) {
      seen.add(at);
      at = parents.get(at);
    }
    if (at === item.id)
      findings.add(['taxonomy', 'reasons', index, 'parent'], 'a parent that is not below the reason itself');
  }
}

/** Resolves the taxonomy of a file; a label of two reasons, an unknown parent and a circle of parents are problems. */
export function resolveReasons(findings: Findings, value: unknown): Reason[] {
  if (value === undefined) return [];
  if (!isMapping(value)) {
    findings.add(['taxonomy'], 'a mapping with the key reasons');
    return [];
  }
  for (const key of Object.keys(value))
    if (key !== 'reasons') findings.addKey(['taxonomy', key], suggest(key, ['reasons']));
  const base = ['taxonomy', 'reasons'];
  findings.expectDistinct(value['reasons'], base, 'id');
  const declared = findings.declared(value['reasons']);
  const reasons = findings.parseList(reasonSchema, value['reasons'], base);
  const owner = new Map<string, string>();
  const resolved = reasons.map(({ index, item }) => {
    if (item.parent !== undefined) findings.expect([...base, index, 'parent'], item.parent, declared);
    const labels = new Set<string>();
    const claim = (text: string, path: Path) => {
      const label = foldLabel(text);
      const other = owner.get(label);
      if (other !== undefined && other !== item.id)
        findings.add(path, `a label that ${other} does not have`, JSON.stringify(text));
      else owner.set(label, item.id);
      labels.add(label);
    };
    claim(item.id, [...base, index, 'id']);
    const names = item.name ?? { 'zh-CN': item.id, 'zh-TW': item.id, en: item.id };
    for (const [locale, name] of Object.entries(names))
      if (!labels.has(foldLabel(name))) claim(name, [...base, index, 'name', locale]);
    item.synonyms?.forEach((synonym, position) => claim(synonym, [...base, index, 'synonyms', position]));
    return { id: item.id, name: names, parent: item.parent ?? null, labels: [...labels] };
  });
  reportCircles(findings, reasons);
  return resolved;
}
