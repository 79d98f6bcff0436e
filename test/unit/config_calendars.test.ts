import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig, type Calendar, type Config } from '#lib/server/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'aftersight-calendars-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function load(calendar: string, now = '2026-06-01'): Promise<Config> {
  const path = join(folder, 'aftersight.yaml');
  writeFileSync(path, `timezone: Asia/Shanghai\nbrands: [{ id: b }]\ncalendars:\n  c: ${calendar}\n`);
  return loadConfig(path, {}, new Date(now));
}

async function calendar(yaml: string): Promise<Calendar> {
  const [first] = (await load(yaml)).calendars;
  if (!first) throw new Error('no calendar');
  return first;
}

const minutes = ({ week }: Calendar) => week.map((day) => day.map((one) => [one.opensMinute, one.closesMinute]));

describe('opening hours', () => {
  it('are listed for each weekday from Monday, sorted', async () => {
    const { week } = await calendar(
      '{ hours: { mon-wed: ["13:30-18:00", "09:00-12:00"], "sat,sun": ["10:00-16:00"] } }',
    );
    const work = [
      { opensMinute: 540, closesMinute: 720 },
      { opensMinute: 810, closesMinute: 1080 },
    ];
    const weekend = [{ opensMinute: 600, closesMinute: 960 }];
    expect(week).toEqual([work, work, work, [], [], weekend, weekend]);
  });

  it('past midnight belong to the day on which they start', async () => {
    const night = await calendar('{ hours: { fri: ["13:00-02:00"], sat: ["20:00-24:00"], sun: ["09:00-09:00"] } }');
    expect(minutes(night).slice(4)).toEqual([[[780, 1560]], [[1200, 1440]], [[540, 1980]]]);
  });

  it('may be all day, touch, and wrap around the week', async () => {
    expect(minutes(await calendar('{ hours: { mon-sun: ["00:00-24:00"] } }'))).toEqual(Array(7).fill([[0, 1440]]));
    expect(minutes(await calendar('{ hours: { sun-mon: ["22:00-02:00", "02:00-03:00"] } }'))[6]).toEqual([
      [120, 180],
      [1320, 1560],
    ]);
  });

  it.each([
    ['on one day', '{ hours: { mon: ["09:00-12:00", "11:00-13:00"] } }', '"11:00-13:00" on mon'],
    [
      'between two keys of one day',
      '{ hours: { mon-fri: ["09:00-12:00"], wed: ["08:00-09:01"] } }',
      '"09:00-12:00" on wed',
    ],
    ['over midnight', '{ hours: { mon: ["20:00-02:00"], tue: ["01:59-03:00"] } }', '"01:59-03:00" on tue'],
    ['from Sunday into Monday', '{ hours: { mon: ["01:00-03:00"], sun: ["20:00-02:00"] } }', '"01:00-03:00" on mon'],
    [
      'inside a longer one',
      '{ hours: { mon: ["00:00-23:00", "01:00-02:00", "03:00-04:00"] } }',
      '"03:00-04:00" on mon',
    ],
  ])('that overlap %s are an error', async (_, yaml, found) => {
    await expect(load(yaml)).rejects.toThrow(found);
  });

  it.each(['"9-18"', '"24:00-25:00"', '"09:60-10:00"', '"09:00"', '"09:00-24:01"'])(
    '%s is no interval',
    async (text) => {
      await expect(load(`{ hours: { mon: [${text}] } }`)).rejects.toThrow('calendars.c.hours.mon[0]: found');
    },
  );
});

describe('holidays: cn', () => {
  it('knows holidays and make-up workdays of every year from 2015', async () => {
    const { daysOff, workdays, holidays } = await calendar('{ hours: { mon: ["09:00-18:00"] }, holidays: cn }');
    expect(holidays).toBe('cn');
    expect(daysOff).toContain('2024-10-01');
    expect(workdays).toContain('2024-10-12');
    expect(daysOff).not.toContain('2024-10-12');
    expect(daysOff.filter((day) => day.startsWith('2015-')).length).toBeGreaterThan(10);
    expect([...daysOff].sort()).toEqual(daysOff);
  });

  it('gives way to days listed as workdays', async () => {
    const { daysOff, workdays } = await calendar(
      '{ hours: { mon: ["09:00-18:00"] }, holidays: cn, workdays: [2024-10-07] }',
    );
    expect(daysOff).toContain('2024-10-06');
    expect(daysOff).not.toContain('2024-10-07');
    expect(workdays).toContain('2024-10-07');
  });

  it('warns once its years are over', async () => {
    const yaml = '{ hours: { mon: ["09:00-18:00"] }, holidays: cn }';
    expect((await load(yaml, '2026-12-31')).warnings).toEqual([]);
    expect((await load(yaml, '2100-01-01')).warnings).toEqual([
      expect.stringContaining('calendars.c: holidays: cn knows'),
    ]);
  });
});

describe('listed days', () => {
  it('are taken as they are', async () => {
    const { daysOff, workdays, timezone } = await calendar(
      '{ timezone: America/New_York, hours: { mon: ["09:00-18:00"] }, holidays: [2026-10-02, 2026-10-01], workdays: [2026-10-10] }',
    );
    expect({ daysOff, workdays, timezone }).toEqual({
      daysOff: ['2026-10-01', '2026-10-02'],
      workdays: ['2026-10-10'],
      timezone: 'America/New_York',
    });
  });

  it('cannot be off and at work at once', async () => {
    await expect(
      load('{ hours: { mon: ["09:00-18:00"] }, holidays: [2026-10-01], workdays: [2026-10-01] }'),
    ).rejects.toThrow('calendars.c.workdays[0]: found "2026-10-01"');
  });

  it('must exist', async () => {
    await expect(load('{ hours: { mon: ["09:00-18:00"] }, holidays: [2026-02-30] }')).rejects.toThrow('"2026-02-30"');
  });
});
