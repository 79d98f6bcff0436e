import { type Command, Option } from 'commander';
import { type Role, roles } from '#lib/access/roles.ts';
import { type CommonOptions, UsageError, withCommonOptions } from '../terminal/options.ts';
import { portDefault } from '../terminal/serve_options.ts';

interface AddOptions extends CommonOptions {
  email: string;
  name?: string;
  role: Role;
  brand?: string[];
  vendor?: string[];
  agent?: string[];
}

export function register(program: Command): void {
  const account = program.command('account').description('accounts of the dashboard, also while it is served');
  withCommonOptions(account.command('add'))
    .description('makes an account and prints its password once; AFTERSIGHT_PASSWORD sets one instead')
    .requiredOption('--email <address>', 'the address to sign in with')
    .option('--name <name>', 'what others see (default: the address)')
    .addOption(new Option('--role <role>', 'what it may do').choices([...roles]).makeOptionMandatory())
    .option('--brand <id...>', 'brands it sees (default: all, where the role may)')
    .option('--vendor <id...>', 'vendors it sees (default: all, where the role may)')
    .option('--agent <id...>', 'agents whose cases it sees')
    .action(add);
  withCommonOptions(account.command('reset'))
    .description('prints a link by which somebody sets a new password, within a day')
    .requiredOption('--email <address>', 'the address of the account')
    .option('--url <url>', 'where browsers reach the dashboard (default: public_url, else this machine)')
    .action(reset);
}

async function add({ config: path, json, email, name, role, brand, vendor, agent }: AddOptions): Promise<void> {
  const [{ loadConfig }, { runTask }, { makeAccountTask }, { roleOf }, { detectLocale }, { translator }] =
    await Promise.all([
      import('#lib/server/config.ts'),
      import('#lib/server/store/control.ts'),
      import('#lib/server/store/tasks.ts'),
      import('#lib/access/roles.ts'),
      import('#lib/i18n/locale.ts'),
      import('#lib/i18n/translator.ts'),
    ]);
  const t = translator(detectLocale(process.env));
  const config = await loadConfig(path);
  expectKnown('--brand', brand, config.brands, t);
  expectKnown('--vendor', vendor, config.vendors, t);
  const { reach } = roleOf(role);
  const missing = [
    ...(reach === 'brands' && !brand ? ['--brand'] : []),
    ...((reach === 'vendors' || reach === 'agents') && !vendor ? ['--vendor'] : []),
    ...(reach === 'agents' && !agent ? ['--agent'] : []),
  ];
  if (missing.length > 0) throw new UsageError(t('access.cli.missing', { role, options: missing.join(', ') }));
  const given = process.env['AFTERSIGHT_PASSWORD'] ?? '';
  const made = await runTask(config.dataDir, process.env, makeAccountTask, {
    name: name ?? email,
    email,
    password: given === '' ? null : given,
    role,
    brands: brand ?? null,
    vendors: vendor ?? null,
    agents: agent ?? null,
  });
  const answer = given === '' ? made : { email: made.email };
  const text = t(given === '' ? 'access.cli.made' : 'access.cli.madeWith', {
    email: made.email,
    password: made.password,
  });
  process.stdout.write(`${json ? JSON.stringify(answer) : text}\n`);
}

async function reset({
  config: path,
  json,
  email,
  url,
}: CommonOptions & { email: string; url?: string }): Promise<void> {
  const [{ tokenLink }, { loadConfig }, { runTask }, { resetPasswordTask }] = await Promise.all([
    import('#lib/server/account_mail.ts'),
    import('#lib/server/config.ts'),
    import('#lib/server/store/control.ts'),
    import('#lib/server/store/tasks.ts'),
  ]);
  const config = await loadConfig(path);
  const { token } = await runTask(config.dataDir, process.env, resetPasswordTask, { email });
  const link = tokenLink(url ?? config.web.publicUrl ?? `http://127.0.0.1:${portDefault}`, 'reset', token);
  process.stdout.write(`${json ? JSON.stringify({ email, link }) : link}\n`);
}

function expectKnown(
  option: string,
  given: readonly string[] | undefined,
  known: readonly { id: string }[],
  t: (key: 'access.cli.unknown', values: Record<string, string>) => string,
): void {
  const unknown = given?.find((id) => !known.some((one) => one.id === id));
  if (unknown === undefined) return;
  throw new UsageError(
    t('access.cli.unknown', { option, given: unknown, known: known.map(({ id }) => id).join(', ') }),
  );
}
