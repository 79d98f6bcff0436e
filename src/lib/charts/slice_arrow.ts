import { type Vector, tableFromIPC } from 'apache-arrow';
import { type KeyColumn, type Numbers, type Slice, bySliceDimension } from '#lib/metrics/slice.ts';

/** Reads a slice over a number of days from its Arrow IPC stream, without copying. Errors: a stream of another shape. */
export function decodeSlice(stream: Uint8Array, days: number): Slice {
  const table = tableFromIPC(stream);
  const column = (name: string): Vector => {
    const vector = table.getChild(name);
    if (!vector) throw new Error(`the slice has no column ${name}`);
    return vector;
  };
  return {
    days,
    day: numbers(column('day')),
    dimensions: bySliceDimension((dimension) => keyColumn(column(dimension))),
    numerator: numbers(column('numerator')),
    denominator: numbers(column('denominator')),
    pending: numbers(column('pending')),
  };
}

function keyColumn(vector: Vector): KeyColumn {
  const keys = [...(vector.data[0]?.dictionary ?? [])].map(String);
  return { keys, codes: numbers(vector) };
}

/** The array of a column; in the stream it is padded to whole words. */
function numbers(vector: Vector): Numbers {
  const values: unknown = vector.data[0]?.values ?? new Uint8Array();
  const isWhole = values instanceof Uint8Array || values instanceof Uint16Array || values instanceof Int32Array;
  if (!isWhole || vector.data.length > 1) throw new Error('the slice is not one batch of whole numbers');
  return values.subarray(0, vector.length);
}
