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

/** The exit code an error asks for (DESIGN §7: 2 usage or configuration, 3 checks, 4 lock), else 1. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') return error.exitCode;
  return 1;
}

function report(error: unknown): void {
  if (error instanceof CommanderError) return;
  const detailed = process.env.AFTERSIGHT_DEBUG !== undefined && error instanceof Error;
  const text = detailed ? (error.stack ?? error.message) : error instanceof Error ? error.message : String(error);
  process.stderr.write(`${text}\n`);
}

const program = new Command('aftersight')
  .description('After-sales insight: nightly KPIs from your own tickets, conversations and refunds')
  .version(readVersion())
  .showHelpAfterError('(add --help for the options)')
  .exitOverride();

try {
  const args = process.argv.slice(2);
  await registerCommands(program, args);
  if (args.length === 0) program.outputHelp();
  else await program.parseAsync(args, { from: 'user' });
} catch (error) {
  report(error);
  process.exitCode = exitCodeOf(error);
}
