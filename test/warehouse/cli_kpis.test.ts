import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricIds } from '#lib/metrics/registry.ts';
import { withLock } from '../../pipeline/publish/lock.ts';
import {
  aftersight,
  aftersightInto,
  casesAnswer,
  kpiAnswer,
  parseAnswer,
  runAnswer,
  type Outcome,
} from './command_line.ts';

const folder = mkdtempSync(join(tmpdir(), 'aftersight-cli-'));
const config = join(folder, 'sample', 'aftersight.yaml');
const year = ['--from', '2025-10-01', '--to', '2026-11-01', '--config', config];
let generated: Outcome;
let firstRun: Outcome;

beforeAll(async () => {
  generated = await aftersight([
    'generate',
    '--cases',
    '600',
    '--seed',
    '7',
    '--out',
    join(folder, 'sample'),
    '--json',
  ]);
  firstRun = await aftersight(['run', '--config', config, '--json']);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('run', () => {
  test('answers in JSON alone on stdout; progress is plain lines on stderr', () => {
    expect(generated.exitCode).toBe(0);
    expect(firstRun.exitCode).toBe(0);
    const answer = parseAnswer(runAnswer, firstRun);
    expect(answer.published).toBe(true);
    expect(answer.files).toHaveLength(7);
    expect(firstRun.stderr).toMatch(/^Reading files {2}7\/7 {2}[\d,]+ rows/m);
    expect(firstRun.stderr).not.toContain('\x1b');
  });

  test('accounts for every record of every file', () => {
    for (const file of parseAnswer(runAnswer, firstRun).files)
      expect(file.loaded + file.superseded + file.ignored + file.quarantined, file.file).toBe(file.records);
  });

  test('prints the accounts as a table in the language of the terminal', async () => {
    const { stdout, exitCode } = await aftersight(['run', '--config', config], { AFTERSIGHT_LANG: 'zh_TW.UTF-8' });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('隔離');
    expect(stdout).toContain('沒有新檔案。');
    expect(stdout).toMatch(/項檢核全部通過/);
  });

  test('ends with 4 while another run holds the lock, and says which process', async () => {
    const { exitCode, stdout, stderr } = await withLock(join(folder, 'sample', 'data'), () =>
      aftersight(['run', '--config', config]),
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
    expect(stderr).toContain(`process ${process.pid}`);
  });

  test('ends with 1 where a source cannot be read, and the snapshot in service stays', async () => {
    const broken = join(folder, 'sample', 'broken.yaml');
    writeFileSync(join(folder, 'sample', 'inbox', 'garbage.csv'), 'no,such,columns\n1,2,3\n');
    writeFileSync(broken, readFileSync(config, 'utf8').replace('inbox/events*.csv', 'inbox/garbage.csv'));
    const before = parseAnswer(kpiAnswer, await aftersight(['kpi', 'csat', ...year, '--json']));
    const { exitCode, stdout, stderr } = await aftersight(['run', '--config', broken]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('inbox/garbage.csv: no row of the first 5 is a header');
    expect(stderr).toContain('→ ');
    expect(stderr).not.toContain('    at ');
    expect(parseAnswer(kpiAnswer, await aftersight(['kpi', 'csat', ...year, '--json'])).snapshot).toBe(before.snapshot);
  });
});

describe('kpi', () => {
  test('gives a row for each KPI that anything counts for', async () => {
    const answer = parseAnswer(kpiAnswer, await aftersight(['kpi', ...year, '--json']));
    expect(answer.by).toBeNull();
    expect(answer.rows.map(({ metric }) => metric)).toEqual(metricIds);
    for (const row of answer.rows)
      expect(row.rate).toBe(row.denominator === 0 ? null : row.numerator / row.denominator);
  });

  test.each(['vendor', 'week'])('parts by %s add up to the whole', async (by) => {
    const whole = parseAnswer(kpiAnswer, await aftersight(['kpi', 'resolution_24h', ...year, '--json']));
    const parts = parseAnswer(kpiAnswer, await aftersight(['kpi', 'resolution_24h', ...year, '--by', by, '--json']));
    const sum = (key: 'numerator' | 'denominator' | 'pending') =>
      parts.rows.reduce((total, row) => total + row[key], 0);
    expect(parts.rows.length).toBeGreaterThan(1);
    for (const key of ['numerator', 'denominator', 'pending'] as const) expect(sum(key)).toBe(whole.rows[0]?.[key]);
  });

  test.each([
    ['zh-CN', '首次响应达标率', '速达客服 (suda)', '合计', '待定'],
    ['zh-TW', '首次回應達標率', '速達客服 (suda)', '合計', '待定'],
    ['en', 'First response in time', 'Suda (suda)', 'Total', 'Median'],
  ])('speaks %s', async (language, ...words) => {
    const { stdout } = await aftersight(['kpi', 'first_response', ...year, '--by', 'vendor'], {
      AFTERSIGHT_LANG: language,
    });
    for (const word of words.slice(0, 3)) expect(stdout).toContain(word);
  });

  test('compares with the targets of contracts where a row is of one vendor', async () => {
    const { stdout } = await aftersight(['kpi', 'first_response', ...year, '--by', 'vendor']);
    expect(stdout).toMatch(/Suda \(suda\) .* ≥ 95[.]0% (met|not met)/);
    expect(stdout).not.toMatch(/Total .*≥/);
    expect((await aftersight(['kpi', 'first_response', ...year])).stdout).not.toContain('Target');
  });

  test('shows — and the reason where nothing counts, never 0 %', async () => {
    const { stdout } = await aftersight([
      'kpi',
      'csat',
      '--from',
      '2020-01-01',
      '--to',
      '2020-02-01',
      '--config',
      config,
    ]);
    expect(stdout).toMatch(/Satisfaction +— +— .*nothing counted/);
  });

  test('marks KPIs where lower is better and disputes that are not settled', async () => {
    const args = ['kpi', 'dispute_rate', 'csat', '--from', '2026-10-01', '--to', '2026-11-01', '--config', config];
    const { stdout } = await aftersight(args);
    expect(stdout).toMatch(/Platform dispute rate ▼ .*provisional/);
    expect(stdout).toMatch(/Satisfaction (?!.*▼)/);
  });

  test.each([
    [['kpi', 'frist_response', ...year], '; did you mean first_response?'],
    [['kpi', ...year, '--brand', 'nobody'], 'no such brand in the configuration; there are: North Peak (northpeak)'],
    [['kpi', ...year, '--vendor', 'nobody'], 'no such vendor in the configuration; there are: Suda (suda)'],
    [['kpi', ...year, '--by', 'moon'], 'option --by <dimension> cannot be "moon"; there are: brand, vendor'],
    [['kpi', '--from', '2026-10-01', '--to', '2026-10-01', '--config', config], 'the period is empty'],
    [
      ['kpi', '--from', '2026-02-30', '--to', '2026-10-01', '--config', config],
      'option --from <day> cannot be "2026-02-30"; write a day such as',
    ],
    [['kpi', '--config', config], 'option --from <day> must be given'],
    [['kpi', '--from', '2026-10-01', '--to', '2026-11-01', '--config', join(folder, 'none.yaml')], 'no such file'],
    [['cases', 'csat', ...year, '--failing', '--pending'], 'exclude each other'],
    [['cases', ...year], 'the argument <metric> is missing'],
    [['run', '--as-of', 'tomorrow', '--config', config], 'write an instant such as'],
  ])('%j is wrong usage: exit code 2, a message and nothing on stdout', async (args, message) => {
    const { exitCode, stdout, stderr } = await aftersight(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});

describe('cases', () => {
  const october = ['--from', '2026-09-01', '--to', '2026-11-01', '--config', config];

  test.each(['first_response', 'refund_dispute_rate'])(
    'of %s are as many as its denominator, failing and pending ones too',
    async (metric) => {
      const [total] = parseAnswer(kpiAnswer, await aftersight(['kpi', metric, ...october, '--json'])).rows;
      const list = async (...flags: string[]) =>
        parseAnswer(casesAnswer, await aftersight(['cases', metric, ...october, ...flags, '--json'])).rows;
      const failing =
        metric === 'refund_dispute_rate' ? total?.numerator : (total?.denominator ?? 0) - (total?.numerator ?? 0);
      expect(await list()).toHaveLength(total?.denominator ?? -1);
      expect(await list('--failing')).toHaveLength(failing ?? -1);
      expect(await list('--pending')).toHaveLength(total?.pending ?? -1);
    },
  );

  test('are a table with their number below it', async () => {
    const { stdout } = await aftersight(['cases', 'first_response', ...october, '--vendor', 'yunting', '--failing']);
    expect(stdout).toContain('first_response · against the KPI');
    expect(stdout).toMatch(/\nRows: \d+\n$/);
  });
});

test('a reader that closes the pipe early ends the command without a word', async () => {
  const { exitCode, stdout, stderr } = await aftersightInto('head -c 2000', ['cases', 'reply_3m', ...year, '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.length).toBeGreaterThan(1000);
});

test('before the first run there is nothing to read: exit code 1 and the command that helps', async () => {
  const fresh = join(folder, 'sample', 'fresh.yaml');
  writeFileSync(fresh, readFileSync(config, 'utf8').replace('data_dir: data', 'data_dir: fresh'));
  const { exitCode, stderr } = await aftersight(['kpi', ...year.slice(0, 4), '--config', fresh]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('npx aftersight run');
});

test('a data folder that cannot be made is named, with a remedy', async () => {
  const blocked = join(folder, 'sample', 'blocked.yaml');
  writeFileSync(join(folder, 'sample', 'file'), '');
  writeFileSync(blocked, readFileSync(config, 'utf8').replace('data_dir: data', 'data_dir: file/data'));
  const { exitCode, stderr } = await aftersight(['run', '--config', blocked]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/The path cannot be used: .*file\/data/);
  expect(stderr).toContain('→ ');
});
