import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '#lib/server/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'aftersight-errors-'));
const path = join(folder, 'aftersight.yaml');
afterAll(() => rmSync(folder, { recursive: true }));

/** Loads a wrong configuration and returns its error. */
async function fail(content: string | Uint8Array): Promise<ConfigError> {
  writeFileSync(path, content);
  try {
    await loadConfig(path, {}, new Date('2026-06-01'));
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

const head = `timezone: Asia/Shanghai
brands:
  - { id: b1 }
vendors:
  - { id: v1 }
calendars:
  office: { hours: { mon-fri: ["09:00-18:00"] } }
  late: { hours: { mon-fri: ["13:00-02:00"] } }
`;

describe('a wrong value', () => {
  it('is told with file, line, path, what was found and what is allowed', async () => {
    const { message, problems } = await fail(head.replace('{ id: v1 }', '{ id: v1, calendar: nite }'));
    expect(message).toBe('aftersight.yaml:5  vendors[0].calendar: found "nite"; allowed: office, late');
    expect(problems).toEqual([
      {
        file: 'aftersight.yaml',
        line: 5,
        column: 25,
        path: 'vendors[0].calendar',
        found: '"nite"',
        allowed: 'office, late',
      },
    ]);
  });

  it.each([
    [
      'an unknown key',
      'keep_snapshot: 3',
      'found the key "keep_snapshot"; allowed: timezone',
      '(did you mean keep_snapshots?)',
    ],
    [
      'an unknown time zone',
      'schedule: { run: "0 2 * * *", timezone: Asia/Beijing }',
      'schedule.timezone: found "Asia/Beijing"',
    ],
    ['a cron of four fields', 'schedule: { run: "0 2 * *" }', 'schedule.run: found "0 2 * *"'],
    ['a cron with a minute 99', 'schedule: { run: "99 2 * * *" }', 'schedule.run: found "99 2 * * *"'],
    ['a cron that never comes true', 'schedule: { run: "0 2 30 2 *" }', 'schedule.run: found "0 2 30 2 *"'],
    [
      'an unknown source kind',
      'sources: [{ name: a, kind: filez, tables: { tickets: a.csv } }]',
      'sources[0].kind: found "filez"; allowed: files',
      '(did you mean files?)',
    ],
    [
      'an unknown adapter',
      'sources: [{ name: a, kind: postgres, adapter: x9, url: "postgres://h/d", tables: { tickets: { table: t } } }]',
      'sources[0].adapter: found "x9"',
    ],
    [
      'an unknown table',
      'sources: [{ name: a, tables: { ticket: a.csv } }]',
      'sources[0].tables: found the key "ticket"',
      '(did you mean tickets?)',
    ],
    ['no tables', 'sources: [{ name: a, kind: files }]', 'sources[0].tables: found nothing'],
    [
      'a source name that is no folder name',
      'sources: [{ name: ../x, tables: { tickets: a.csv } }]',
      'sources[0].name: found "../x"',
    ],
    [
      'an undeclared brand of a source',
      'sources: [{ name: a, brand: nope, tables: { tickets: a.csv } }]',
      'sources[0].brand: found "nope"; allowed: b1',
    ],
    [
      'an unknown platform',
      'sources: [{ name: a, platform: tmal, tables: { tickets: a.csv } }]',
      'sources[0].platform: found "tmal"',
      '(did you mean tmall?)',
    ],
    [
      'two sources of one name',
      'sources: [{ name: a, tables: { tickets: a.csv } }, { name: A, tables: { tickets: b.csv } }]',
      'sources[1].name: found "A"; allowed: one other than that of sources[0]',
    ],
    [
      'table and query at once',
      'sources: [{ name: a, url: "postgres://h/d", tables: { tickets: { table: t, query: select } } }]',
      'sources[0].tables.tickets: found a mapping; allowed: one of table and query',
    ],
    [
      'SQL in place of a table',
      'sources: [{ name: a, url: "postgres://h/d", tables: { tickets: { table: "t; drop table t" } } }]',
      'found "t; drop table t"; allowed: a table such as public.tickets',
    ],
    [
      'an overlap without watermark',
      'sources: [{ name: a, url: "postgres://h/d", tables: { tickets: { table: t, overlap: 2h } } }]',
      'found the key "overlap"; allowed: overlap together with watermark',
    ],
    [
      'an environment variable that is not set',
      'sources: [{ name: a, url: "${DATABASE_URL_X}", tables: { tickets: { table: t } } }]',
      'sources[0].url: found ${DATABASE_URL_X}, which is not set; allowed: the environment variable DATABASE_URL_X with a value',
    ],
    [
      'an undeclared vendor of a contract',
      'contracts: [{ vendor: v2, brand: b1, from: 2026-01-01, targets: {} }]',
      'contracts[0].vendor: found "v2"; allowed: v1',
    ],
    [
      'an undeclared brand of a contract',
      'contracts: [{ vendor: v1, brand: b2, from: 2026-01-01, targets: {} }]',
      'contracts[0].brand: found "b2"; allowed: b1',
    ],
    [
      'a contract that ends before it starts',
      'contracts: [{ vendor: v1, brand: b1, from: 2026-01-01, to: 2026-01-01, targets: {} }]',
      'contracts[0].to: found "2026-01-01"; allowed: a date after 2026-01-01',
    ],
    [
      'an unknown KPI',
      'contracts: [{ vendor: v1, brand: b1, from: 2026-01-01, targets: { first_respons: 95% } }]',
      'contracts[0].targets: found the key "first_respons"',
      '(did you mean first_response?)',
    ],
    [
      'a limit on a KPI without window',
      'contracts: [{ vendor: v1, brand: b1, from: 2026-01-01, targets: { dispute_rate: { within: 10m, at_most: 1% } } }]',
      'contracts[0].targets.dispute_rate: found the key "within"',
      'dispute_rate has no window',
    ],
    [
      'at least where lower is better',
      'contracts: [{ vendor: v1, brand: b1, from: 2026-01-01, targets: { reopen_rate: { at_least: 5% } } }]',
      'found the key "at_least"; allowed: at_most',
    ],
    [
      'a share above 100%',
      'contracts: [{ vendor: v1, brand: b1, from: 2026-01-01, targets: { csat: 950% } }]',
      'contracts[0].targets.csat: found "950%"; allowed: a share such as 95%',
    ],
    [
      'a share for a median',
      'contracts: [{ vendor: v1, brand: b1, from: 2026-01-01, targets: { refund_time: 95% } }]',
      'contracts[0].targets.refund_time: found "95%"; allowed: a duration',
    ],
    ['an amount that is not whole', 'value_tiers: { low: 0.5 }', 'value_tiers.low: found "0.5"'],
    [
      'two tiers of one amount',
      'value_tiers: { low: 0, high: 0 }',
      'value_tiers.high: found "0"; allowed: an amount other than that of low',
    ],
    [
      'an unknown parent',
      'taxonomy: { reasons: [{ id: a, parent: z9 }] }',
      'taxonomy.reasons[0].parent: found "z9"; allowed: a',
    ],
    [
      'parents in a circle',
      'taxonomy: { reasons: [{ id: a, parent: b }, { id: b, parent: a }] }',
      'taxonomy.reasons[0].parent: found "b"',
    ],
    [
      'one label of two reasons',
      'taxonomy: { reasons: [{ id: size, synonyms: [Too Big] }, { id: fit, synonyms: [" ｔｏｏ big "] }] }',
      'taxonomy.reasons[1].synonyms[0]: found',
      'a label that size does not have',
    ],
    [
      'two reasons of one id',
      'taxonomy: { reasons: [{ id: a }, { id: a }] }',
      'taxonomy.reasons[1].id: found "a"; allowed: one other than that of taxonomy.reasons[0]',
    ],
  ])('such as %s is an error that says so', async (_, yaml, ...expected) => {
    const { message, problems } = await fail(`${head}${yaml}\n`);
    for (const text of expected) expect(message).toContain(text);
    expect(problems[0]?.line).toBe(9);
  });

  it('two contracts in force at once name each other', async () => {
    const { message } = await fail(`${head}contracts:
  - { vendor: v1, brand: b1, from: 2026-01-01, to: 2026-07-01, targets: {} }
  - { vendor: v1, brand: b1, from: 2026-06-30, targets: {} }
`);
    expect(message).toBe(
      'aftersight.yaml:11  contracts[1].from: found "2026-06-30"; allowed: one contract at a time for v1 and b1; contracts[0] is in force from 2026-01-01 to 2026-07-01',
    );
  });

  it('holidays that are neither cn nor dates say what is allowed', async () => {
    const { message } = await fail(
      head.replace('hours: { mon-fri: ["13:00-02:00"] }', 'hours: { mon: ["13:00-02:00"] }, holidays: us'),
    );
    expect(message).toBe(
      'aftersight.yaml:8  calendars.late.holidays: found "us"; allowed: cn, or a list of dates such as [2026-10-01]',
    );
  });

  it('never shows what came from the environment', async () => {
    writeFileSync(path, `${head}sources: [{ name: a, url: "\${SECRET}", tables: { tickets: { table: t } } }]`);
    const error: unknown = await loadConfig(path, { SECRET: 'hunter2' }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain('found "${SECRET}"; allowed: a URL');
    expect(String(error)).not.toContain('hunter2');
  });
});

describe('all problems', () => {
  it('are told at once, in the order of their lines', async () => {
    const { problems } = await fail(`timezone: Mars/Olympus
brands:
  - name: no id
vendors:
  - id: v1
    calendar: nite
calendars:
  office: { hours: { mon: ["9-18"] } }
contracts:
  - vendor: v1
    brand: b1
    targets: { csat: 95 }
`);
    expect(problems.map(({ line, path }) => [line, path])).toEqual([
      [1, 'timezone'],
      [3, 'brands[0].id'],
      [6, 'vendors[0].calendar'],
      [8, 'calendars.office.hours.mon[0]'],
      [10, 'contracts[0].from'],
    ]);
  });

  it('a missing key has the line of what it is missing from', async () => {
    const { message } = await fail(`${head}contracts:\n\n  - vendor: v1\n    from: 2026-01-01\n    targets: {}\n`);
    expect(message).toBe('aftersight.yaml:11  contracts[0].brand: found nothing; allowed: an id (a text, not empty)');
  });
});

describe('a file that is no configuration', () => {
  it.each([
    ['nothing in it', '', 1],
    ['a list', '- a', 1],
    ['a text', 'hello', 1],
    ['an open bracket', 'timezone: UTC\nbrands: [', 2],
    ['a tab as indentation', 'timezone: UTC\nbrands:\n\t- a', 3],
    ['a key twice', 'timezone: UTC\ntimezone: UTC\n', 2],
    ['two documents', 'timezone: UTC\n---\ntimezone: UTC\n', 2],
    ['an alias without anchor', 'timezone: UTC\nbrands: [*a]\n', 2],
    ['an alias of what it is inside', 'timezone: UTC\nbrands: &a [*a]\n', 2],
  ])('%s is told with its line', async (_, yaml, line) => {
    expect((await fail(yaml)).problems.map((problem) => problem.line)).toContain(line);
  });

  it('bytes that are not UTF-8 ask for UTF-8', async () => {
    expect((await fail(Uint8Array.from([0xb1, 0xb1, 0xb7, 0xe5]))).message).toContain('allowed: a file saved as UTF-8');
  });

  it('a missing file and a folder are told by name', async () => {
    await expect(loadConfig(join(folder, 'none.yaml'))).rejects.toThrow('none.yaml  found no such file');
    await expect(loadConfig(folder)).rejects.toThrow('found a folder; allowed: a file');
  });

  it('whatever the text, the error is a ConfigError with lines inside the file', async () => {
    const words = fc.constantFrom(
      'timezone',
      'brands',
      'calendars',
      'hours',
      'sources',
      'contracts',
      'taxonomy',
      ': ',
      '\n',
      '\n  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      '&a ',
      '*a',
      '${X}',
      '!!x ',
      '|',
      '~',
      'null',
      '__proto__',
      'id',
      '2026-01-01',
      '95%',
      '\u0000',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 25 }), async (parts) => {
        const text = parts.join('');
        const { problems } = await fail(text);
        expect(problems.length).toBeGreaterThan(0);
        for (const { line } of problems) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
