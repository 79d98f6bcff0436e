import { expect, test } from 'vitest';
import { BusyError, makePasswordGate } from '#lib/server/password_gate.ts';

/** Work that ends when it is told to, and tells that it began. */
function held(name: string, begun: string[]): { work: () => Promise<string>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = async () => {
    begun.push(name);
    await ended;
    return name;
  };
  return { work, end: () => end() };
}

test('passwords pass one by one, known browsers before strangers, and a crowd of strangers is sent away', async () => {
  const gate = makePasswordGate({ atOnce: 1, mostWaiting: 2 });
  const begun: string[] = [];
  const all = ['first', 'stranger', 'stranger too', 'known'].map((name) => held(name, begun));
  const [first, second, third, known] = all.map(({ work }, index) => gate.run(work, { isKnown: index === 3 }));
  await expect(gate.run(async () => 'never', { isKnown: false })).rejects.toThrow(BusyError);
  expect(begun).toEqual(['first']);
  for (const { end } of all) end();
  await expect(Promise.all([first, second, third, known])).resolves.toEqual([
    'first',
    'stranger',
    'stranger too',
    'known',
  ]);
  expect(begun).toEqual(['first', 'known', 'stranger', 'stranger too']);
  await expect(gate.run(async () => 'again', { isKnown: false })).resolves.toBe('again');
});

test('work that fails lets the next one pass', async () => {
  const gate = makePasswordGate({ atOnce: 1, mostWaiting: 1 });
  const failing = gate.run(() => Promise.reject(new Error('wrong')), { isKnown: false });
  const next = gate.run(async () => 'next', { isKnown: false });
  await expect(failing).rejects.toThrow('wrong');
  await expect(next).resolves.toBe('next');
});
