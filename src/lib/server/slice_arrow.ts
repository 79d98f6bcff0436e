import {
  Dictionary,
  Table,
  Uint16,
  Uint8,
  Utf8,
  Vector,
  makeData,
  makeVector,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import { type KeyColumn, type Numbers, type Slice, bySliceDimension } from '#lib/metrics/slice.ts';

/** Writes a slice as an Arrow IPC stream of one batch: the arrays as they are, keys as dictionaries. */
export function encodeSlice({ day, dimensions, numerator, denominator, pending }: Slice): Uint8Array<ArrayBuffer> {
  const table = new Table({
    day: numbers(day),
    ...bySliceDimension((dimension) => dictionary(dimensions[dimension])),
    numerator: numbers(numerator),
    denominator: numbers(denominator),
    pending: numbers(pending),
  });
  return Uint8Array.from(tableToIPC(table, 'stream'));
}

function numbers(values: Numbers): Vector {
  return makeVector(values);
}

function dictionary({ keys, codes }: KeyColumn): Vector {
  const index = codes instanceof Uint8Array ? new Uint8() : new Uint16();
  return new Vector([
    makeData({
      type: new Dictionary(new Utf8(), index),
      length: codes.length,
      nullCount: 0,
      data: codes,
      dictionary: vectorFromArray(keys, new Utf8()),
    }),
  ]);
}
