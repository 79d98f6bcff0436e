/** More passwords wait to be tried than can be within seconds. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/** Where work waits that costs a tenth of a second of a processor and 32 MiB: what passwords are hashed with. */
export interface PasswordGate {
  /** Does work when its turn comes: before any stranger's for whoever is known. Errors: BusyError where too many strangers wait. */
  run<T>(work: () => Promise<T>, options: { isKnown: boolean }): Promise<T>;
}

/** Lets so many pass at once and so many strangers wait, so that a flood of passwords leaves processors to those who are in. */
export function makePasswordGate({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): PasswordGate {
  const known: (() => void)[] = [];
  const strangers: (() => void)[] = [];
  let running = 0;
  return {
    async run(work, { isKnown }) {
      if (running < atOnce) running++;
      else {
        if (!isKnown && strangers.length >= mostWaiting) throw new BusyError('too many passwords wait to be tried');
        await new Promise<void>((resolve) => (isKnown ? known : strangers).push(resolve));
      }
      try {
        return await work();
      } finally {
        const next = known.shift() ?? strangers.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
