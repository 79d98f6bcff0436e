/** An answer, or null where the snapshot in service was built before the table macro that it asks existed. */
export async function unlessOutdated<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && /^Catalog Error: Table Function with name /.test(error.message)) return null;
    throw error;
  }
}
