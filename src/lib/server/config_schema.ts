import { z } from 'zod';
import {
  choiceSchema,
  dateSchema,
  durationSchema,
  idSchema,
  integerSchema,
  nameSchema,
  objectSchema,
  parseDuration,
  parseShare,
  textSchema,
  zoneSchema,
} from './config_values.ts';
import { isTimetable } from './schedule_due.ts';

export const platforms = [
  'taobao',
  'tmall',
  'jd',
  'pdd',
  'douyin',
  'kuaishou',
  'xiaohongshu',
  'wechat',
  'shopify',
  'own',
  'other',
] as const;

export type Platform = (typeof platforms)[number];

export const canonicalTables = ['tickets', 'messages', 'events', 'refunds', 'sales', 'products'] as const;

export const brandSchema = objectSchema({ id: idSchema, name: nameSchema.optional(), timezone: zoneSchema.optional() });

const calendarListAllowed = 'the name of a calendar, or a list of { from: date, use: calendar }';

export const vendorSchema = objectSchema({
  id: idSchema,
  name: nameSchema.optional(),
  calendar: z
    .union(
      [
        idSchema.transform((use) => [{ from: '0001-01-01', use }]),
        z.array(objectSchema({ from: dateSchema, use: idSchema }), calendarListAllowed),
      ],
      calendarListAllowed,
    )
    .optional(),
});

const holidaysAllowed = 'cn, or a list of dates such as [2026-10-01]';

export const calendarSchema = objectSchema({
  timezone: zoneSchema.optional(),
  hours: z.record(
    z.string(),
    z.array(z.string('a text such as "09:00-18:00"'), 'a list such as ["09:00-12:00", "13:30-18:00"]'),
    'a mapping such as mon-fri: ["09:00-18:00"]',
  ),
  holidays: z
    .union([z.literal('cn', holidaysAllowed), z.array(dateSchema, holidaysAllowed)], holidaysAllowed)
    .optional(),
  workdays: z.array(dateSchema, 'a list of dates such as [2026-10-10]').optional(),
});

const globsAllowed = 'a path or a list of paths (globs), relative to this file';

const globsSchema = z.union(
  [
    textSchema(globsAllowed).transform((glob) => [glob]),
    z.array(textSchema('a path or glob'), globsAllowed).min(1, globsAllowed),
  ],
  globsAllowed,
);

const identifier = '(?:[A-Za-z_][A-Za-z0-9_$]*|"(?:[^"]|"")+")';
const columnAllowed = 'a column name, in double quotes where it is not plain';
const columnSchema = textSchema(columnAllowed).refine(
  (text) => new RegExp(`^${identifier}$`).test(text),
  columnAllowed,
);

const relationSchema = objectSchema({
  table: textSchema('a table such as public.tickets')
    .refine((text) => new RegExp(`^${identifier}(?:\\.${identifier})?$`).test(text), 'a table such as public.tickets')
    .optional(),
  query: textSchema('a query such as select …').optional(),
  watermark: columnSchema.optional(),
  overlap: durationSchema.optional(),
  columns: z.array(columnSchema, 'a list of columns').min(1, 'at least one column').optional(),
});

const sourceName = 'a name of letters, digits, _ and -, used as a folder name';

const sourceBase = {
  name: textSchema(sourceName).refine((text) => /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(text), sourceName),
  kind: idSchema.optional(),
  timezone: zoneSchema.optional(),
  brand: idSchema.optional(),
  vendor: idSchema.optional(),
  platform: choiceSchema(platforms).optional(),
  datetime_format: textSchema('a strftime format such as %d/%m/%Y %H:%M')
    .refine((text) => text.includes('%'), 'a strftime format such as %d/%m/%Y %H:%M')
    .optional(),
};

const tablesAllowed = 'a mapping of tables, such as tickets: inbox/tickets*.csv';
const relationsAllowed = 'a mapping of tables, such as tickets: { table: public.tickets }';

export const filesSourceSchema = objectSchema({
  ...sourceBase,
  tables: z.record(z.string(), globsSchema, tablesAllowed),
});

export const databaseSourceSchema = objectSchema({
  ...sourceBase,
  url: textSchema('a URL such as postgresql://…, from the environment as ${DATABASE_URL_X}').refine(
    (text) => /^postgres(ql)?:\/\//.test(text),
    'a URL that begins with postgresql://',
  ),
  adapter: idSchema.optional(),
  tables: z.record(z.string(), relationSchema, relationsAllowed),
});

const shareOrDuration =
  'a share such as 95%, or { within: 10m, clock: calendar | business, at_least: 95% | at_most: 1% }';

/** A bare bound, still without its meaning: a share (fraction), or a duration in seconds for KPIs headed by a median. */
const boundSchema = textSchema('a share such as 95%').transform((text, context) => {
  const share = parseShare(text);
  if (share !== null) return { kind: 'share' as const, value: share };
  const seconds = parseDuration(text);
  if (seconds !== null) return { kind: 'duration' as const, value: seconds };
  context.addIssue({ code: 'custom', message: 'a share such as 95%' });
  return z.NEVER;
});

export const targetSchema = z.union(
  [
    boundSchema.transform((bound) => ({ bound })),
    objectSchema({
      within: durationSchema.optional(),
      clock: choiceSchema(['calendar', 'business']).optional(),
      at_least: boundSchema.optional(),
      at_most: boundSchema.optional(),
    }),
  ],
  shareOrDuration,
);

export const contractSchema = objectSchema({
  vendor: idSchema,
  brand: idSchema,
  from: dateSchema,
  to: dateSchema.optional(),
  targets: z.record(
    z.string(),
    z.unknown(),
    'a mapping of KPIs, such as first_response: { within: 10m, at_least: 95% }',
  ),
});

export const reasonSchema = objectSchema({
  id: idSchema,
  name: nameSchema.optional(),
  parent: idSchema.optional(),
  synonyms: z.array(textSchema('a text'), 'a list of texts').optional(),
});

const cronAllowed = 'five cron fields, such as "30 2 * * *"';

export const scheduleSchema = objectSchema({
  run: textSchema(cronAllowed).refine(
    (text) => /^([\d*][\d,*/-]*\s+){4}[\d*][\d,*/-]*$/.test(text) && isTimetable(text),
    cronAllowed,
  ),
  timezone: zoneSchema.optional(),
});

export const limitsSchema = objectSchema({
  workbook_mb: integerSchema('a whole number of megabytes, at least 1', 1).optional(),
});

export const valueTiersSchema = z.record(
  idSchema,
  integerSchema('a whole number of minor units, at least 0', 0),
  'a mapping such as { low: 0, high: 20000 }, in minor units',
);

export const topLevelKeys = [
  'timezone',
  'data_dir',
  'keep_snapshots',
  'pii',
  'limits',
  'brands',
  'vendors',
  'calendars',
  'sources',
  'contracts',
  'schedule',
  'value_tiers',
  'taxonomy',
] as const;

export const keepSnapshotsSchema = integerSchema('a whole number, at least 1', 1);

export const piiSchema = choiceSchema(['mask', 'keep']);
