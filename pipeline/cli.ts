import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';

interface CommandModule {
  register(program: Command): void;
}

const commandsUrl = new URL('./commands/', import.meta.url);

/** Names the commands there are: one file of `pipeline/commands` each. */
function listCommands(): string[] {
  if (!existsSync(commandsUrl)) return [];
  return readdirSync(commandsUrl)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** Loads only the command that is asked for; all of them for the overview and for an unknown name. */
async function registerCommands(program: Command, args: string[]): Promise<void> {
  const all = listCommands();
  const wanted = args.find((arg) => !arg.startsWith('-'));
  const names = wanted !== undefined && all.includes(wanted) ? [wanted] : all;
  for (const name of names) {
    const module: CommandModule = await import(new URL(`${name}.ts`, commandsUrl).href);
    module.register(program);
  }
}

function readVersion(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return manifest.version;
}

/** Says on stderr what went wrong and returns the exit code for it (DESIGN §7). */
async function fail(error: unknown): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const [{ describeFailure }, { describeUsage }, { detectLocale }, { translator }] = await Promise.all([
    import('./terminal/failure.ts'),
    import('./terminal/usage.ts'),
    import('#lib/i18n/locale.ts'),
    import('#lib/i18n/translator.ts'),
  ]);
  const t = translator(detectLocale(process.env));
  if (error instanceof CommanderError) {
    // Help given in place of a missing subcommand is on stderr already.
    if (error.code !== 'commander.help') process.stderr.write(`${describeUsage(error, t)}\n`);
    return 2;
  }
  const { text, exitCode } = describeFailure(error, t);
  const isDetailed = process.env.AFTERSIGHT_DEBUG !== undefined && error instanceof Error;
  process.stderr.write(`${text}\n${isDetailed ? `${error.stack ?? ''}\n` : ''}`);
  return exitCode;
}

// A reader that has seen enough, as in `… | head`, closes the pipe: not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const program = new Command('aftersight')
  .description('After-sales insight: nightly KPIs from your own tickets, conversations and refunds')
  .version(readVersion())
  .configureOutput({ outputError: () => undefined })
  .exitOverride();

try {
  const args = process.argv.slice(2);
  await registerCommands(program, args);
  if (args.length === 0) program.outputHelp();
  else await program.parseAsync(args, { from: 'user' });
} catch (error) {
  process.exitCode = await fail(error);
}
