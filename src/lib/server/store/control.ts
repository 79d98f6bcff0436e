import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { type Server, createServer, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { FileLockError } from '../file_lock.ts';
import { type Store, StoreError, openStore } from './store.ts';
import { type Task, tasks } from './tasks.ts';

const call = z.object({ task: z.string(), input: z.unknown() });
const answer = z.union([z.object({ error: z.string() }), z.object({ output: z.unknown() })]);

/** A server's ear for the command line of the same machine and user. */
export interface Control {
  close(): Promise<void>;
}

/** Where the server that holds the embedded store listens; only its own user may write there. */
export function controlPath(dataDir: string): string {
  return join(dataDir, 'control.sock');
}

/** Does tasks for the command line over a socket file, since only one process at a time may hold the embedded store. */
export async function listenForTasks(store: Store, dataDir: string): Promise<Control> {
  const path = controlPath(dataDir);
  await rm(path, { force: true });
  const server = createServer((incoming, outgoing) => {
    void text(incoming)
      .then((body) => runCall(store, body))
      .then(
        (output) => ({ output }),
        (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
      )
      .then((said) => outgoing.end(JSON.stringify(said)));
  });
  server.listen(path);
  await once(server, 'listening');
  await chmod(path, 0o600);
  return { close: () => shut(server, path) };
}

/** Runs a task on the store: here where nobody holds it, else in the server that does. Errors: StoreError, and those of the task. */
export async function runTask<I extends z.ZodType, O extends z.ZodType>(
  dataDir: string,
  env: Record<string, string | undefined>,
  task: Task<I, O>,
  input: z.input<I>,
): Promise<z.output<O>> {
  const store = await openStore(dataDir, env).catch((error: unknown) => {
    if (error instanceof FileLockError) return null;
    throw error;
  });
  if (store === null) return task.output.parse(await ask(dataDir, task.name, input));
  try {
    return task.output.parse(await task.run(store, input));
  } finally {
    await store.close();
  }
}

async function runCall(store: Store, body: string): Promise<unknown> {
  const { task: name, input } = call.parse(JSON.parse(body));
  const found = tasks.find((task) => task.name === name);
  if (!found) throw new StoreError(`no task ${name}`);
  return found.runUnread(store, input);
}

async function ask(dataDir: string, task: string, input: unknown): Promise<unknown> {
  const socketPath = controlPath(dataDir);
  const asking = request({ socketPath, method: 'POST', path: '/' });
  asking.end(JSON.stringify({ task, input }));
  const response = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    asking.on('response', resolve);
    asking.on('error', (cause) =>
      reject(
        new StoreError(
          `another process holds the store and does not answer at ${socketPath}: wait for it, or stop it`,
          { cause },
        ),
      ),
    );
  });
  const said = answer.parse(JSON.parse(await text(response)));
  if ('error' in said) throw new StoreError(said.error);
  return said.output;
}

async function shut(server: Server, path: string): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
  await rm(path, { force: true });
}
