import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const shim = fileURLToPath(new URL('../../pipeline/aftersight.mjs', import.meta.url));

function runAftersight(...args: string[]) {
  return runIn('en', ...args);
}

function runIn(language: string, ...args: string[]) {
  const env = { ...process.env, AFTERSIGHT_LANG: language };
  return spawnSync(process.execPath, [shim, ...args], { encoding: 'utf8', env });
}

test('--help is an answer: on stdout, exit code 0', () => {
  const { status, stdout, stderr } = runAftersight('--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Usage: aftersight');
});

test('--version prints the version alone', () => {
  expect(runAftersight('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([['no-such-command'], ['--no-such-option']])(
  'wrong usage (%s) is exit code 2, with a message and no stack trace',
  (arg) => {
    const { status, stdout, stderr } = runAftersight(arg);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^Wrong usage: /);
    expect(stderr).not.toContain('    at ');
  },
);

test.each([
  ['no-such-command', '用法有误: 没有命令 no-such-command\n'],
  ['rnu', '用法有误: 没有命令 rnu；是不是 run？\n'],
  ['run --ful', '用法有误: 没有选项 --ful；是不是 --full？\n'],
  ['run now', '用法有误: 参数多了：最多 0 个，给了 1 个\n'],
  ['run --as-of', '用法有误: 选项 --as-of <instant> 后面缺少值\n'],
  ['run --as-of today', '用法有误: 选项 --as-of <instant> 的值“today”不可用；请写时间，如 2026-11-01T02:00:00Z\n'],
  ['kpi', '用法有误: 必须给出选项 --from <day>\n'],
  ['kpi --by moon', '用法有误: 选项 --by <dimension> 的值“moon”不可用；可用：brand, vendor'],
  ['cases csat --from today', '用法有误: 选项 --from <day> 的值“today”不可用；请写日期，如 2026-10-01\n'],
  ['cases --from 2026-10-01 --to 2026-11-01', '用法有误: 缺少参数 <metric>\n'],
  [
    'cases first_respons --from 2026-10-01 --to 2026-11-01',
    '用法有误: 参数 metric 的值“first_respons”不可用；可用：first_response',
  ],
  ['generate --cases many', '用法有误: 选项 --cases <n> 的值“many”不可用；请写 1 到 50000000 的整数\n'],
])('wrong usage is said in the language of the terminal: %s', (line, said) => {
  const { status, stderr } = runIn('zh-CN', ...line.split(' '));
  expect(status).toBe(2);
  expect(stderr.slice(0, said.length)).toBe(said);
  expect(stderr.trimEnd().endsWith('(加 --help 可以看全部选项)')).toBe(true);
  expect(stderr).not.toMatch(/error|Allowed|Did you/);
});
