/** A chart as pages carry it: the same figure drawn for wide and for narrow places, and its numbers as text. */
export interface Chart {
  label: string;
  wide: string;
  narrow: string;
  table: ChartTable;
}

/** The numbers of a chart, already written in the reader's language; the first cell of a row names it. */
export interface ChartTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}
