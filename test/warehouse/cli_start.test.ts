import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { verifyPassword } from 'better-auth/crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { roles } from '#lib/access/roles.ts';
import { locales } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { loadConfig } from '#lib/server/config.ts';
import { openStore } from '#lib/server/store/store.ts';
import { type FirstOperator, askForOperator } from '../../pipeline/init/first_operator.ts';
import { starterConfig } from '../../pipeline/init/starter_config.ts';
import { aftersight, kpiAnswer, parseAnswer, runAnswer } from './command_line.ts';

const folder = mkdtempSync(join(tmpdir(), 'aftersight-cli-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const demoAnswer = kpiAnswer.extend({
  dir: z.string(),
  cases: z.int(),
  seed: z.int(),
  run: runAnswer,
  accounts: z.array(z.strictObject({ role: z.enum(roles), email: z.email(), password: z.string().min(12) })),
});

test.each(locales)('the configuration to start from loads in %s', async (locale) => {
  const path = join(folder, `${locale}.yaml`);
  writeFileSync(path, starterConfig(locale));
  const config = await loadConfig(path, {});
  expect(config.warnings).toEqual([]);
  expect(config.sources.map(({ name, brand }) => [name, brand])).toEqual([['helpdesk', 'my_brand']]);
});

test('what init writes runs with the examples of its guide', async () => {
  const dir = join(folder, 'start');
  const made = await aftersight(['init', '--dir', dir, '--json'], { AFTERSIGHT_LANG: 'zh-CN' });
  expect(made.exitCode).toBe(0);
  const { config, files } = parseAnswer(z.strictObject({ config: z.string(), files: z.array(z.string()) }), made);
  expect(files).toEqual([config, join(dir, 'inbox', 'README.md')]);
  const guide = readFileSync(join(dir, 'inbox', 'README.md'), 'utf8');
  for (const [, name = '', text = ''] of guide.matchAll(/^(\w+\.csv)\n((?:[^`\n]+\n)+)/gm))
    writeFileSync(join(dir, 'inbox', name), text);
  const { exitCode, stdout } = await aftersight(['run', '--config', config, '--json']);
  expect(exitCode).toBe(0);
  const loaded = runAnswer.parse(JSON.parse(stdout)).files.map((file) => [file.table, file.loaded, file.quarantined]);
  expect(loaded).toEqual([
    ['messages', 2, 0],
    ['refunds', 1, 0],
    ['tickets', 1, 0],
  ]);
});

test('init makes an operator with a password that is made up and told once, and none that is not asked for', async () => {
  const dir = join(folder, 'admin');
  const made = await aftersight(['init', '--dir', dir, '--json', '--admin', 'boss@test.example']);
  expect(made.exitCode).toBe(0);
  const { operator } = parseAnswer(
    z.object({ operator: z.strictObject({ email: z.literal('boss@test.example'), password: z.string().min(16) }) }),
    made,
  );
  const store = await openStore(join(dir, 'data'), {});
  const row = await store.db.selectFrom('credentials').select('password').executeTakeFirstOrThrow();
  await store.close();
  expect(await verifyPassword({ hash: row.password ?? '', password: operator.password })).toBe(true);
  const wrong = await aftersight(['init', '--dir', join(folder, 'wrong'), '--admin', 'boss']);
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
  expect(existsSync(join(folder, 'wrong', 'aftersight.yaml'))).toBe(false);
});

describe('init on a terminal', () => {
  const t = translator('en');
  /** Types lines one after the other, each once it is asked for. */
  async function answer(...lines: string[]): Promise<{ asked: FirstOperator | null; shown: string }> {
    const input = new PassThrough();
    let shown = '';
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        shown += chunk.toString();
        if (/: $/.test(chunk.toString())) setImmediate(() => input.write(`${lines.shift() ?? '\u0004'}\r`));
        done();
      },
    });
    return { asked: await askForOperator({ input, output }, t), shown };
  }

  test('asks until there is an address and, twice the same, a password that is long enough; neither is shown', async () => {
    const { asked, shown } = await answer(
      'boss',
      'boss@a.example',
      'short',
      'ten letters',
      'ten Letters',
      'ten letters',
      'ten letters',
    );
    expect(asked).toEqual({ email: 'boss@a.example', password: 'ten letters' });
    for (const hidden of ['short', 'ten letters', 'ten Letters']) expect(shown).not.toContain(hidden);
    expect(shown).toContain(t('access.link.differ'));
  });

  test('makes a password up where none is typed, and nobody where no address is', async () => {
    expect((await answer('boss@a.example', '')).asked).toEqual({ email: 'boss@a.example', password: null });
    expect((await answer('')).asked).toBeNull();
    expect((await answer('boss@a.example')).asked).toBeNull();
  });
});

test('init leaves a configuration that is there as it is: exit code 2', async () => {
  const dir = join(folder, 'mine');
  await aftersight(['init', '--dir', dir]);
  writeFileSync(join(dir, 'aftersight.yaml'), 'mine');
  const { exitCode, stderr } = await aftersight(['init', '--dir', dir]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('exists and was left as it is');
  expect(readFileSync(join(dir, 'aftersight.yaml'), 'utf8')).toBe('mine');
});

test('generate writes the same bytes for the same seed, and into no folder that has files unless forced', async () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  const answer = z.strictObject({
    out: z.string(),
    cases: z.literal(50),
    seed: z.literal(3),
    config: z.string(),
    truth: z.string(),
    files: z.array(z.strictObject({ file: z.string(), records: z.int() })),
  });
  const first = parseAnswer(
    answer,
    await aftersight(['generate', '--cases', '50', '--seed', '3', '--out', one, '--json']),
  );
  await aftersight(['generate', '--cases', '50', '--seed', '3', '--out', two]);
  for (const { file } of first.files) expect(readFileSync(join(two, file))).toEqual(readFileSync(join(one, file)));
  const refused = await aftersight(['generate', '--cases', '50', '--out', one]);
  expect({ exitCode: refused.exitCode, stdout: refused.stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(refused.stderr).toContain('is not empty');
  expect((await aftersight(['generate', '--cases', '50', '--out', one, '--force'])).exitCode).toBe(0);
});

test('demo goes from nothing to KPIs of every vendor over the last full month, and keeps its sample for the next time', async () => {
  const dir = join(folder, 'demo');
  const demo = (...args: string[]) => aftersight(['demo', '--no-serve', '--cases', '300', '--dir', dir, ...args]);
  const answer = parseAnswer(demoAnswer, await demo('--json'));
  expect(answer).toMatchObject({ cases: 300, seed: 1, by: 'vendor' });
  expect(answer.from).toMatch(/-01$/);
  expect(answer.to <= answer.asOf.slice(0, 10)).toBe(true);
  expect(answer.run.published).toBe(true);
  expect(answer.accounts.map(({ role }) => role)).toEqual(roles);
  expect(new Set(answer.accounts.map(({ password }) => password)).size).toBe(roles.length);
  const again = await demo();
  expect(again.exitCode).toBe(0);
  expect(again.stderr).toContain('holds this sample already');
  expect(again.stdout).toContain('First response in time');
  expect(again.stdout).toContain(`npx aftersight kpi first_response --by vendor --from ${answer.from}`);
  const other = await aftersight(['demo', '--no-serve', '--cases', '301', '--dir', dir]);
  expect({ exitCode: other.exitCode, stdout: other.stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(other.stderr).toContain('another sample (300 cases, seed 1)');
});

test('demo leaves a folder with other files alone', async () => {
  const dir = join(folder, 'mine');
  const { exitCode, stderr } = await aftersight(['demo', '--no-serve', '--cases', '10', '--dir', dir, '--force']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('holds other files');
});

test.each([
  ['init', ['--dir', '--json', '--admin']],
  ['check', ['--config', '--json']],
  ['run', ['--config', '--json', '--as-of', '--full']],
  ['kpi', ['--config', '--json', '--from', '--to', '--by', '--brand', '--vendor', '--clock', 'first_response']],
  ['cases', ['--config', '--json', '--from', '--to', '--failing', '--pending', 'first_response']],
  ['rollback', ['--config', '--json']],
  ['generate', ['--json', '--cases', '--seed', '--out', '--force']],
  ['serve', ['--config', '--json', '--host', '--port', '--insecure-http']],
  ['demo', ['--json', '--cases', '--seed', '--dir', '--force', '--host', '--port', '--no-serve']],
])('%s --help names every option', async (command, options) => {
  const { exitCode, stdout, stderr } = await aftersight([command, '--help']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain(`Usage: aftersight ${command}`);
  for (const option of options) expect(stdout).toContain(option);
});
