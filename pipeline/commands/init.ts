import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { detectLocale } from '#lib/i18n/locale.ts';
import { type Translate, translator } from '#lib/i18n/translator.ts';
import { UsageError } from '../terminal/options.ts';

export function register(program: Command): void {
  program
    .command('init')
    .description('writes a commented configuration to start from, an inbox with instructions, and an account to run it')
    .option('--dir <dir>', 'the folder to write into', '.')
    .option('--admin <address>', 'makes an operator with this e-mail and prints the password once; a terminal asks')
    .option('--json', 'print the answer as JSON', false)
    .action(execute);
}

interface InitOptions {
  dir: string;
  json: boolean;
  admin?: string;
}

async function execute({ dir, json, admin }: InitOptions): Promise<void> {
  const locale = detectLocale(process.env);
  const t = translator(locale);
  const config = join(dir, 'aftersight.yaml');
  const guide = join(dir, 'inbox', 'README.md');
  if (existsSync(config)) throw new UsageError(t('init.exists', { file: config }));
  if (admin !== undefined && !z.email().max(320).safeParse(admin).success)
    throw new UsageError(`--admin ${admin}: ${t('init.notAnEmail')}`);
  const [{ starterConfig }, { inboxGuide }] = await Promise.all([
    import('../init/starter_config.ts'),
    import('../init/inbox_guide.ts'),
  ]);
  await mkdir(join(dir, 'inbox'), { recursive: true });
  const isGuideNew = !existsSync(guide);
  if (isGuideNew) await writeFile(guide, inboxGuide(locale), { flag: 'wx' });
  await writeFile(config, starterConfig(locale), { flag: 'wx' });
  const files = isGuideNew ? [config, guide] : [config];
  const operator = await makeOperator(config, { admin, mayAsk: !json });
  if (json) {
    process.stdout.write(`${JSON.stringify({ config, files, ...(operator && { operator }) })}\n`);
    return;
  }
  const option = config === 'aftersight.yaml' ? '' : ` --config ${config}`;
  const lines = [
    t('init.written'),
    ...files.map((file) => `  ${file}`),
    '',
    ...(operator ? [madeText(operator, t), ''] : []),
    t('init.next'),
    ...[
      t('init.edit', { file: config }),
      t('init.put', { folder: join(dir, 'inbox') }),
      `${t('init.check')}  npx aftersight check${option}`,
      `${t('init.run')}  npx aftersight run${option}`,
      ...(operator
        ? []
        : [`${t('init.account')}  npx aftersight account add --role operator --email me@example.com${option}`]),
      `${t('init.serve')}  npx aftersight serve${option}`,
    ].map((line, index) => `  ${index + 1}. ${line}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Makes the account that was asked for, by option or on the terminal; null where none was. A password of its own is not told again. */
async function makeOperator(
  path: string,
  { admin, mayAsk }: { admin: string | undefined; mayAsk: boolean },
): Promise<{ email: string; password?: string } | null> {
  const isTerminal = mayAsk && process.stdin.isTTY && process.stderr.isTTY;
  if (admin === undefined && !isTerminal) return null;
  const [{ askForOperator }, { loadConfig }, { runTask }, { makeAccountTask }] = await Promise.all([
    import('../init/first_operator.ts'),
    import('#lib/server/config.ts'),
    import('#lib/server/store/control.ts'),
    import('#lib/server/store/tasks.ts'),
  ]);
  const t = translator(detectLocale(process.env));
  const asked =
    admin === undefined
      ? await askForOperator({ input: process.stdin, output: process.stderr }, t)
      : { email: admin, password: null };
  if (asked === null) return null;
  const { dataDir } = await loadConfig(path);
  const everything = { brands: null, vendors: null, agents: null };
  const account = { ...asked, ...everything, name: asked.email, role: 'operator' as const };
  const { email, password } = await runTask(dataDir, process.env, makeAccountTask, account);
  return asked.password === null ? { email, password } : { email };
}

function madeText({ email, password }: { email: string; password?: string }, t: Translate): string {
  return password === undefined ? t('init.made', { email }) : t('access.cli.made', { email, password });
}
