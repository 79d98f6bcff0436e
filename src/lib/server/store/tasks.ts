import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { roles } from '#lib/access/roles.ts';
import { hashPassword } from '../auth.ts';
import { countAccounts, makeAccount } from './accounts.ts';
import { commandLine } from './audit.ts';
import { backUp } from './backup.ts';
import { putAccount } from './renewed_account.ts';
import { makeResetLinkFor } from './links.ts';
import type { Store } from './store.ts';

/** What the command line asks of the store, also of one that a server holds open. Whoever asks has the machine, so it needs no account. */
export interface Task<I extends z.ZodType, O extends z.ZodType> {
  name: string;
  output: O;
  run: (store: Store, input: z.input<I>) => Promise<z.input<O>>;
  /** The same for an input that came over a wire. Errors: ZodError. */
  runUnread: (store: Store, input: unknown) => Promise<unknown>;
}

function task<I extends z.ZodType, O extends z.ZodType>(
  name: string,
  input: I,
  output: O,
  work: (store: Store, input: z.output<I>) => Promise<z.input<O>>,
): Task<I, O> {
  return {
    name,
    output,
    run: async (store, given) => work(store, input.parse(given)),
    runUnread: async (store, given) => work(store, input.parse(given)),
  };
}

const ids = z.array(z.string()).readonly().nullable();

/** Makes an account; without a password one is made up, and told this once. */
export const makeAccountTask = task(
  'make_account',
  z.object({
    name: z.string().min(1),
    email: z.email(),
    password: z.string().nullable(),
    role: z.enum(roles),
    brands: ids,
    vendors: ids,
    agents: ids,
  }),
  z.object({ email: z.string(), password: z.string() }),
  async (store, { password: given, ...account }) => {
    const password = given ?? randomBytes(12).toString('base64url');
    await makeAccount(store, commandLine, { ...account, passwordHash: await hashPassword(password) });
    return { email: account.email, password };
  },
);

/** Makes an account of the demo or, where an earlier one made it, gives it a new password: told this once. */
export const demoAccountTask = task(
  'demo_account',
  z.object({ name: z.string(), email: z.email(), role: z.enum(roles), brands: ids, vendors: ids, agents: ids }),
  z.object({ email: z.string(), password: z.string() }),
  async (store, account) => {
    const password = randomBytes(9).toString('base64url');
    await putAccount(store, commandLine, { ...account, passwordHash: await hashPassword(password) });
    return { email: account.email, password };
  },
);

export const countAccountsTask = task(
  'count_accounts',
  z.object({}),
  z.object({ accounts: z.int() }),
  async (store) => ({
    accounts: await countAccounts(store),
  }),
);

/** Makes a link to a new password for somebody who lost theirs: what stands in it. */
export const resetPasswordTask = task(
  'reset_password',
  z.object({ email: z.email() }),
  z.object({ token: z.string() }),
  async (store, { email }) => ({ token: await makeResetLinkFor(store, { actor: commandLine }, email) }),
);

export const backUpTask = task(
  'back_up',
  z.object({ file: z.string() }),
  z.object({ tables: z.record(z.string(), z.int()) }),
  async (store, { file }) => backUp(store, file),
);

export const tasks = [makeAccountTask, demoAccountTask, countAccountsTask, resetPasswordTask, backUpTask] as const;
