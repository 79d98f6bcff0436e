import { z } from 'zod';
import { roles } from '#lib/access/roles.ts';
import { platforms } from '#lib/metrics/case_fields.ts';
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

/** Reads an address of the web, without user, password or query. */
const webAddress = (allowed: string, fits: (url: URL) => boolean) =>
  textSchema(allowed).refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '' && fits(url);
  }, allowed);

export const publicUrlSchema = webAddress(
  'where browsers reach the dashboard, such as https://service.example.com, without a path',
  ({ pathname, hash }) => pathname === '/' && hash === '',
).transform((text) => new URL(text).origin);

const headerAllowed = 'a header that the proxy sets and clients cannot, such as x-forwarded-for';

export const proxySchema = objectSchema({
  address_header: textSchema(headerAllowed)
    .refine((text) => /^[A-Za-z][A-Za-z0-9-]*$/.test(text), headerAllowed)
    .transform((text) => text.toLowerCase()),
  hops: integerSchema('how many proxies stand in front, at least 1', 1).optional(),
});

const domainAllowed = 'a domain such as example.com';
const idsAllowed = 'all, or a list of ids';
const idsSchema = z
  .union([z.literal('all', idsAllowed), z.array(idSchema, idsAllowed).min(1, idsAllowed)], idsAllowed)
  .optional();

export const oidcSchema = objectSchema({
  issuer: webAddress(
    'the issuer of the identity provider, such as https://login.example.com/realms/staff',
    ({ protocol, hostname }) => protocol === 'https:' || /^(localhost|127\.0\.0\.1)$/.test(hostname),
  ),
  client_id: textSchema('the id that the identity provider gave this client'),
  client_secret: textSchema('a secret from the environment, as ${AFTERSIGHT_OIDC_SECRET}').optional(),
  label: nameSchema,
  new_accounts: objectSchema({
    domains: z
      .array(
        textSchema(domainAllowed)
          .transform((text) => text.toLowerCase())
          .refine((text) => /^[^@\s]+\.[^@\s]+$/.test(text), domainAllowed),
        'a list of domains such as [example.com]',
      )
      .min(1, 'at least one domain'),
    role: choiceSchema(roles),
    brands: idsSchema,
    vendors: idsSchema,
  }).optional(),
});

export const signInSchema = objectSchema({ oidc: oidcSchema.optional() });

const smtpAllowed =
  'an address such as smtps://user:password@smtp.example.com, from the environment as ${AFTERSIGHT_SMTP_URL}';
const fromAllowed = 'a sender such as "Aftersight <aftersight@example.com>"';

export const mailSchema = objectSchema({
  from: textSchema(fromAllowed).refine(
    (text) => /^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(text),
    fromAllowed,
  ),
  smtp_url: textSchema(smtpAllowed).refine((text) => /^smtps?:\/\/./.test(text) && URL.canParse(text), smtpAllowed),
});

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
  'conduct',
  'public_url',
  'proxy',
  'sign_in',
  'mail',
] as const;

export const keepSnapshotsSchema = integerSchema('a whole number, at least 1', 1);

export const piiSchema = choiceSchema(['mask', 'keep']);
