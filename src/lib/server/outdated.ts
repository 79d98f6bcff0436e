/** The snapshot lacks a relation, column or macro that this version of the program reads: an older one built it. */
export class OutdatedSnapshotError extends Error {
  override readonly name = 'OutdatedSnapshotError';
  readonly remedy = 'npx aftersight run';
}

/** What DuckDB failed with, as an OutdatedSnapshotError where it means that the snapshot does not know what a read asks for. */
export function explainReadError(error: unknown, read: string, snapshot: string): unknown {
  if (!(error instanceof Error) || !/^(Catalog|Binder) Error: /.test(error.message)) return error;
  const message = `snapshot ${snapshot} was built by another version of this program and does not answer ${read}`;
  return new OutdatedSnapshotError(message, { cause: error });
}

/** An answer, or null where the snapshot in service was built before what it asks existed. */
export async function unlessOutdated<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof OutdatedSnapshotError) return null;
    throw error;
  }
}
