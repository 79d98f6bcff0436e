import { dirname, resolve } from 'node:path';
import type { Locale } from '#lib/i18n/locale.ts';
import { cnHolidayYears, resolveCalendars, type Calendar } from './config_calendars.ts';
import { resolveContracts, type Contract } from './config_contracts.ts';
import { resolveForbidden, type ForbiddenPhrase } from './config_conduct.ts';
import { readDocument } from './config_document.ts';
import { ConfigError } from './config_error.ts';
import { Findings, isMapping } from './config_findings.ts';
import { suggest } from './config_nearest.ts';
import {
  brandSchema,
  keepSnapshotsSchema,
  limitsSchema,
  piiSchema,
  scheduleSchema,
  topLevelKeys,
  valueTiersSchema,
  vendorSchema,
} from './config_schema.ts';
import { resolveSources, type Source } from './config_sources.ts';
import { resolveReasons, type Reason } from './config_taxonomy.ts';
import { textSchema, zoneSchema } from './config_values.ts';
import { type WebSettings, resolveWeb } from './config_web.ts';

export { ConfigError, type ConfigProblem } from './config_error.ts';
export { specialDays, type Calendar, type OpenInterval } from './config_calendars.ts';
export type { ForbiddenPhrase } from './config_conduct.ts';
export type { Contract, Target } from './config_contracts.ts';
export {
  builtInAdapters,
  type DatabaseSource,
  type DatabaseTable,
  type FilesSource,
  type Source,
} from './config_sources.ts';
export { foldLabel, type Reason } from './config_taxonomy.ts';
export { canonicalTables } from './config_schema.ts';
export type { MailSettings, NewAccounts, OidcSettings, WebSettings } from './config_web.ts';

export interface Brand {
  id: string;
  name: Record<Locale, string>;
  timezone: string;
}

/** `calendars` is sorted by date, each in force until the next; empty: always open. */
export interface Vendor {
  id: string;
  name: Record<Locale, string>;
  calendars: readonly { from: string; use: string }[];
}

/** A configuration with everything resolved: paths absolute, durations in seconds, shares as fractions, defaults filled in. */
export interface Config {
  /** Absolute path of the file and of its folder. */
  path: string;
  folder: string;
  timezone: string;
  dataDir: string;
  keepSnapshots: number;
  /** What becomes of personal data in texts: masked for good, or masked with the originals sealed beside. */
  pii: 'mask' | 'keep';
  limits: { workbookMb: number };
  brands: readonly Brand[];
  vendors: readonly Vendor[];
  calendars: readonly Calendar[];
  sources: readonly Source[];
  contracts: readonly Contract[];
  schedule: { run: string; timezone: string } | null;
  /** Sorted by the least amount (minor units) of each tier. */
  valueTiers: readonly { id: string; fromMinor: number }[];
  reasons: readonly Reason[];
  /** What no agent may type. */
  forbidden: readonly ForbiddenPhrase[];
  web: WebSettings;
  warnings: readonly string[];
}

/** The configuration file when none is named: aftersight.yaml in the working directory. */
export const configPathDefault = 'aftersight.yaml';

function sameInEach(name: string): Record<Locale, string> {
  return { 'zh-CN': name, 'zh-TW': name, en: name };
}

function resolveVendors(findings: Findings, value: unknown, calendars: readonly string[]): Vendor[] {
  findings.expectDistinct(value, ['vendors'], 'id');
  return findings.parseList(vendorSchema, value, ['vendors']).map(({ index, item }) => {
    const isList = isMapping(value)
      ? false
      : Array.isArray(Array.isArray(value) && isMapping(value[index]) ? value[index]['calendar'] : null);
    const path = ['vendors', index, 'calendar'];
    const used = item.calendar ?? [];
    used.forEach(({ from, use }, position) => {
      findings.expect(isList ? [...path, position, 'use'] : path, use, calendars);
      if (used.findIndex((one) => one.from === from) < position)
        findings.add([...path, position, 'from'], 'a date that no other entry of the list has');
    });
    return {
      id: item.id,
      name: item.name ?? sameInEach(item.id),
      calendars: [...used].sort((a, b) => (a.from < b.from ? -1 : 1)),
    };
  });
}

function resolveTiers(findings: Findings, value: unknown): Config['valueTiers'] {
  const parsed = value === undefined ? {} : findings.parse(valueTiersSchema, value, ['value_tiers']);
  const tiers = Object.entries(parsed ?? {}).map(([id, fromMinor]) => ({ id, fromMinor }));
  for (const tier of tiers) {
    const other = tiers.find((one) => one.fromMinor === tier.fromMinor);
    if (other && other !== tier) findings.add(['value_tiers', tier.id], `an amount other than that of ${other.id}`);
  }
  return tiers.sort((a, b) => a.fromMinor - b.fromMinor);
}

function warn(calendars: readonly Calendar[], now: Date): string[] {
  const year = now.getUTCFullYear();
  if (year <= cnHolidayYears.last) return [];
  return calendars
    .filter((calendar) => calendar.holidays === 'cn')
    .map(
      ({ id }) =>
        `calendars.${id}: holidays: cn knows ${cnHolidayYears.first} to ${cnHolidayYears.last}; in ${year} only weekdays count until the package chinese-days is updated, or holidays and workdays are listed`,
    );
}

/**
 * Reads, validates and resolves a configuration file; `now` only decides warnings.
 * Throws ConfigError with every problem found: missing file, YAML syntax, missing environment variables, values, references.
 */
export async function loadConfig(
  path: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  now: Date = new Date(),
): Promise<Config> {
  const absolute = resolve(path);
  const folder = dirname(absolute);
  const { document, problems } = await readDocument(absolute, env);
  const findings = new Findings(document, problems);
  const top = isMapping(document.plain) ? document.plain : {};
  if (!isMapping(document.plain)) findings.add([], `a mapping with the keys ${topLevelKeys.join(', ')}`);
  for (const key of Object.keys(top))
    if (!topLevelKeys.some((known) => known === key)) findings.addKey([key], suggest(key, topLevelKeys));

  const timezone = findings.parse(zoneSchema, top['timezone'], ['timezone']) ?? 'UTC';
  const dataDir =
    top['data_dir'] === undefined
      ? 'data'
      : findings.parse(textSchema('a folder, relative to this file'), top['data_dir'], ['data_dir']);
  const keepSnapshots =
    top['keep_snapshots'] === undefined
      ? 7
      : findings.parse(keepSnapshotsSchema, top['keep_snapshots'], ['keep_snapshots']);
  const pii = top['pii'] === undefined ? 'mask' : findings.parse(piiSchema, top['pii'], ['pii']);
  const limits = top['limits'] === undefined ? {} : findings.parse(limitsSchema, top['limits'], ['limits']);
  const schedule = top['schedule'] === undefined ? null : findings.parse(scheduleSchema, top['schedule'], ['schedule']);

  const vendorIds = findings.declared(top['vendors']);
  const brandIds = findings.declared(top['brands']);
  findings.expectDistinct(top['brands'], ['brands'], 'id');
  const brands = findings.parseList(brandSchema, top['brands'], ['brands']);
  if (top['brands'] === undefined || (Array.isArray(top['brands']) && top['brands'].length === 0))
    findings.add(['brands'], 'a list of at least one brand');
  const calendars = resolveCalendars(findings, top['calendars'], timezone);
  const config: Config = {
    path: absolute,
    folder,
    timezone,
    dataDir: resolve(folder, dataDir ?? 'data'),
    keepSnapshots: keepSnapshots ?? 7,
    pii: pii ?? 'mask',
    limits: { workbookMb: limits?.workbook_mb ?? 40 },
    brands: brands.map(({ item }) => ({
      id: item.id,
      name: item.name ?? sameInEach(item.id),
      timezone: item.timezone ?? timezone,
    })),
    vendors: resolveVendors(findings, top['vendors'], findings.declared(top['calendars'])),
    calendars,
    sources: resolveSources(findings, top['sources'], folder, { timezone, brands: brandIds, vendors: vendorIds }),
    contracts: resolveContracts(findings, top['contracts'], vendorIds, brandIds),
    schedule: schedule && { run: schedule.run, timezone: schedule.timezone ?? timezone },
    valueTiers: resolveTiers(findings, top['value_tiers']),
    reasons: resolveReasons(findings, top['taxonomy']),
    forbidden: resolveForbidden(findings, top['conduct'], brandIds),
    web: resolveWeb(findings, top, { brands: brandIds, vendors: vendorIds }),
    warnings: warn(calendars, now),
  };
  if (findings.problems.length > 0)
    throw new ConfigError(findings.problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
  return config;
}
