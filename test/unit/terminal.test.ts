import { describe, expect, test } from 'vitest';
import { translator } from '#lib/i18n/translator.ts';
import { ConfigError } from '#lib/server/config_error.ts';
import { ExtractError } from '../../pipeline/extract/errors.ts';
import { describeFailure } from '../../pipeline/terminal/failure.ts';
import { formatPeriod } from '../../pipeline/terminal/period.ts';
import { showProgress } from '../../pipeline/terminal/progress.ts';
import { fitWidth, formatTable, wrapWords } from '../../pipeline/terminal/table.ts';

const t = translator('en');

describe('tables', () => {
  test('count wide characters as two columns', () => {
    const columns = [{ head: '服务商' }, { head: 'n', align: 'right' as const }];
    const text = formatTable(columns, [{ cells: ['速达客服', '1'] }, { cells: ['Suda', '1,234'] }]);
    expect(text).toBe(['服务商        n', '───────────────', '速达客服      1', 'Suda      1,234'].join('\n'));
  });

  test('indent rows below headings of their own', () => {
    const text = formatTable([{ head: 'a' }], [{ heading: 'first_response' }, { cells: ['x'] }]);
    expect(text).toBe(['  a', '───', 'first_response', '  x'].join('\n'));
  });

  test('texts are cut and broken by the columns they take', () => {
    expect(fitWidth('速达客服', 8)).toBe('速达客服');
    expect(fitWidth('速达客服', 7)).toBe('速达客…');
    expect(wrapWords('one two three', 9, '  ')).toEqual(['  one', '    two', '    three']);
  });
});

describe('periods', () => {
  test('are written with their last day, though the end asked for is the day after', () => {
    expect(formatPeriod(t, '2026-10-01', '2026-11-01')).toBe('2026-10-01 to 2026-10-31 (31 days)');
  });
});

describe('progress', () => {
  function record(isTTY: boolean) {
    let written = '';
    let clockMs = 0;
    const stream = { isTTY, columns: 60, write: (text: string) => (written += text) };
    const display = showProgress(stream, { env: {}, now: () => clockMs });
    const at = (ms: number, rows: number, stage: 'extract' | 'kpis' = 'extract') => {
      clockMs = ms;
      display.update({ stage, detail: 'inbox/messages.csv', rows, done: 1, of: 2 });
    };
    return { display, at, written: () => written };
  }

  test('is one plain line a stage where nobody watches, with rows and rate', () => {
    const { display, at, written } = record(false);
    at(0, 0);
    at(2000, 5000);
    at(2500, 0, 'kpis');
    display.end();
    expect(written()).toBe('Reading files  1/2  5,000 rows  2,000 rows/s  2.5 s\nComputing KPIs  1/2  0.0 s\n');
  });

  test('reports from inside a long stage every ten seconds', () => {
    const { at, written } = record(false);
    at(0, 0);
    at(9000, 100);
    at(10_000, 1000);
    at(11_000, 2000);
    expect(written()).toBe('Reading files  1/2  1,000 rows  100 rows/s  10.0 s  inbox/messages.csv\n');
  });

  test('rewrites one line on a terminal, no wider than it, and leaves a line for each stage done', () => {
    const { display, at, written } = record(true);
    at(1000, 10);
    at(1050, 20);
    at(1200, 30);
    display.end();
    const lines = written().split('\r\x1b[2K');
    expect(lines).toHaveLength(4);
    expect(lines[2]?.length).toBeLessThan(60);
    expect(lines[3]).toBe('✓ Reading files  1/2  30 rows  0.2 s\n');
  });

  test('leaves no line behind when the work fails', () => {
    const { display, at, written } = record(true);
    at(1000, 10);
    display.clear();
    display.clear();
    expect(written().endsWith('inbox/messages.csv\r\x1b[2K')).toBe(true);
  });
});

describe('errors in words', () => {
  const inside = (message: string, cause: unknown) => new Error(message, { cause });

  test.each([
    [Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), 'The disk is full'],
    [new Error('IO Error: Could not write file "/d/x.duckdb.wal": No space left on device'), 'The disk is full'],
    [
      inside('queries/marts/cases.sql: x', new Error('Out of Memory Error: max_temp_directory_size')),
      'The disk is full',
    ],
    [
      Object.assign(new Error('EFBIG: file too large, write'), { code: 'EFBIG' }),
      'A file would be larger than the system allows',
    ],
    [
      new Error('IO Error: Could not write file "/d/x.duckdb": File too large'),
      'A file would be larger than the system allows',
    ],
    [new Error('Out of Memory Error: failed to allocate data of size 1 GB'), 'Not enough memory'],
    [Object.assign(new Error("EACCES: permission denied, mkdir '/d'"), { code: 'EACCES' }), 'No permission'],
    [
      Object.assign(new Error("ENOTDIR: not a directory, mkdir '/d/x'"), { code: 'ENOTDIR' }),
      'The path cannot be used',
    ],
    [new Error('IO Error: Cannot open file "/d/1.duckdb": No such file or directory'), 'The snapshot cannot be opened'],
    [new TypeError('x is not a function'), 'The program failed'],
  ])('%s', (error, title) => {
    const { text, exitCode } = describeFailure(error, t);
    expect(exitCode).toBe(1);
    expect(text).toMatch(new RegExp(`^${title}: `));
    expect(text).toContain('→ ');
    expect(text).not.toContain('    at ');
  });

  test('what keeps a file from being read comes with what to do', () => {
    const error = new ExtractError('data/masking.key', 'not a masking key', 'Restore it from a backup.');
    expect(describeFailure(error, t)).toEqual({
      text: 'A file cannot be read:\ndata/masking.key: not a masking key\n  → Restore it from a backup.',
      exitCode: 1,
    });
  });

  test('a wrong configuration is exit code 2, whatever carries its own code keeps it', () => {
    expect(describeFailure(new ConfigError([]), t).exitCode).toBe(2);
    expect(describeFailure(Object.assign(new Error('held'), { name: 'LockError', exitCode: 4 }), t)).toEqual({
      text: 'Another run is under way:\nheld',
      exitCode: 4,
    });
  });
});
