import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { z } from 'zod';
import type { Translate } from '#lib/i18n/translator.ts';
import { passwordLength } from '#lib/server/auth.ts';

/** Who is to run the dashboard; without a password one is made up. */
export interface FirstOperator {
  email: string;
  password: string | null;
}

/** A terminal: what is typed, and where questions go. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

const address = z.email().max(320);

/** Asks for the first operator's address and, twice, unseen, for a password; null where nobody is wanted, or the terminal ends. */
export async function askForOperator({ input, output }: Terminal, t: Translate): Promise<FirstOperator | null> {
  let isSecret = false;
  const shown = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isSecret) output.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input, output: shown, terminal: true });
  const ended = once(lines, 'close').then(() => null);
  const ask = async (question: string, hidden = false): Promise<string | null> => {
    output.write(question);
    isSecret = hidden;
    const answer = await Promise.race([once(lines, 'line').then(([line]) => String(line)), ended]);
    isSecret = false;
    if (hidden || answer === null) output.write('\n');
    return answer;
  };
  try {
    const email = await askUntil(
      () => ask(t('init.askEmail')),
      (text) => text.trim() === '' || address.safeParse(text.trim()).success,
      () => output.write(`${t('init.notAnEmail')}\n`),
    );
    if (email === null || email.trim() === '') return null;
    const password = await askForPassword(ask, output, t);
    return password === null ? null : { email: email.trim(), password: password === '' ? null : password };
  } finally {
    lines.close();
  }
}

async function askForPassword(
  ask: (question: string, hidden?: boolean) => Promise<string | null>,
  output: NodeJS.WritableStream,
  t: Translate,
): Promise<string | null> {
  const { least, most } = passwordLength;
  for (;;) {
    const password = await askUntil(
      () => ask(t('init.askPassword', { least }), true),
      (text) => text === '' || (text.length >= least && text.length <= most),
      () => output.write(`${t('access.link.short', passwordLength)}\n`),
    );
    if (password === null || password === '') return password;
    const again = await ask(t('init.askAgain'), true);
    if (again === null || again === password) return again;
    output.write(`${t('access.link.differ')}\n`);
  }
}

async function askUntil(
  ask: () => Promise<string | null>,
  isFit: (text: string) => boolean,
  complain: () => void,
): Promise<string | null> {
  for (;;) {
    const answer = await ask();
    if (answer === null || isFit(answer)) return answer;
    complain();
  }
}
