/** What some work answered and how long it took, in seconds of wall time. */
export interface Timed<T> {
  seconds: number;
  answer: T;
}

/** Does one stage of the bench; stderr says its name when it starts and its seconds when it ends. */
export async function stage<T>(name: string, work: () => Promise<T>): Promise<Timed<T>> {
  process.stderr.write(`${name} … `);
  const timed = await timeOnce(work);
  process.stderr.write(`${timed.seconds.toFixed(1)} s\n`);
  return timed;
}

/** Does the work once unmeasured, then `times` times, and takes the median. */
export async function timeWarm<T>(times: number, work: () => Promise<T>): Promise<Timed<T>> {
  const answer = await work();
  const seconds: number[] = [];
  for (let index = 0; index < times; index++) seconds.push((await timeOnce(work)).seconds);
  return { seconds: seconds.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN, answer };
}

export async function timeOnce<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const started = performance.now();
  const answer = await work();
  return { seconds: (performance.now() - started) / 1000, answer };
}
