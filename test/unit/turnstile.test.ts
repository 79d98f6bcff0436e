import { expect, test } from 'vitest';
import { makeTurnstile } from '#lib/server/turnstile.ts';

test('as many as may are inside at a time, each under a name of its own, and leaving twice makes no room twice', () => {
  const turnstile = makeTurnstile(2);
  const [first, second] = [turnstile.enter('anna'), turnstile.enter('anna')];
  expect(first).not.toBeNull();
  expect(second).not.toBeNull();
  expect(turnstile.enter('anna')).toBeNull();
  expect(turnstile.enter('ben')).not.toBeNull();
  first?.();
  first?.();
  expect(turnstile.enter('anna')).not.toBeNull();
  expect(turnstile.enter('anna')).toBeNull();
});
