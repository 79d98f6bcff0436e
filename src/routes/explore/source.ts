import { daysOf } from '#lib/metrics/period.ts';
import { type Draw, pictures } from './picture.ts';

/** A slice in the browser, and the address it came from. */
export interface Source {
  address: string;
  draw: Draw;
}

/** Fetches a slice; null where the snapshot that the page shows serves no more. Errors: the answer's status, or a network that fails. */
export async function openSource(
  address: string,
  period: { from: string; to: string },
  signal: AbortSignal,
): Promise<Source | null> {
  const [response, { decodeSlice }] = await Promise.all([
    fetch(address, { signal }),
    import('#lib/charts/slice_arrow.ts'),
  ]);
  if (response.status === 409) return null;
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const stream = new Uint8Array(await response.arrayBuffer());
  return { address, draw: pictures(decodeSlice(stream, daysOf(period))) };
}
