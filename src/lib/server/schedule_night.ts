import { spawn } from 'node:child_process';

const keptCharacters = 8000;
const patienceMs = 5000;

/** A run under way in a process of its own. */
export interface Night {
  /** How it ended: its exit code, null where it was killed or could not be started, and the end of what it wrote to stderr. */
  ended: Promise<{ exitCode: number | null; text: string }>;
  stop(): void;
}

/** Starts a command as a run. What it writes to stderr goes on to ours; it keeps a channel to us, by which it can tell that we are gone. */
export function startNight([program = '', ...args]: readonly string[]): Night {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    process.stderr.write(chunk);
    text = (text + chunk).slice(-keptCharacters);
  });
  return {
    ended: new Promise((resolve) => {
      child.once('error', (error) => resolve({ exitCode: null, text: error.message }));
      child.once('close', (exitCode) => resolve({ exitCode, text }));
    }),
    stop() {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), patienceMs).unref();
    },
  };
}
