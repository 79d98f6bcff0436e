import * as Plot from '@observablehq/plot';
import type { Chart, ChartTable } from './chart.ts';
import { shortened, widthOf } from './text_width.ts';
import { type Room, type Size, render } from './render.ts';

/** One pair of keys; value null where nothing counted. */
export interface HeatCell {
  row: string;
  column: string;
  value: number | null;
  text: string;
  tip: string;
  href?: string;
  /** Rests on few: drawn without its number. */
  isFaint?: boolean;
}

export interface HeatmapOptions {
  label: string;
  table: ChartTable;
  rows: readonly string[];
  columns: readonly string[];
  cells: readonly HeatCell[];
  /** Whether a high value is the bad end of the scale. */
  isHighBad: boolean;
  room?: Room;
}

/** Draws two dimensions against each other: strength of colour for the bad end, the number in each cell. */
export function heatmapChart(options: HeatmapOptions): Chart {
  return render(options.label, options.table, (size) => draw(options, size), options.room);
}

function draw({ rows, columns, cells, isHighBad }: HeatmapOptions, { isNarrow, width }: Size): Plot.PlotOptions {
  const values = cells.flatMap(({ value, isFaint }) => (value === null || isFaint ? [] : [value]));
  const low = Math.min(...values);
  const high = Math.max(...values);
  const badness = (value: number): number =>
    high === low ? 0 : isHighBad ? (value - low) / (high - low) : (high - value) / (high - low);
  const room = (width - (isNarrow ? 80 : 130)) / Math.max(columns.length, 1);
  const hasNumbers = room >= Math.max(34, ...cells.map(({ text }) => widthOf(text) + 8));
  return {
    height: rows.length * 28 + 44,
    marginLeft: isNarrow ? 76 : 124,
    marginRight: 6,
    marginTop: 34,
    marginBottom: 6,
    padding: 0.05,
    x: {
      domain: [...columns],
      axis: 'top',
      label: null,
      tickSize: 0,
      tickFormat: (name: string) => shortened(name, Math.max(2, Math.floor(room / 13))),
      tickRotate: 0,
    },
    y: { domain: [...rows], label: null, tickSize: 0, tickFormat: (name: string) => shortened(name, isNarrow ? 5 : 9) },
    marks: [
      Plot.cell(cells, {
        x: 'column',
        y: 'row',
        fill: (cell) => (cell.value === null ? 'var(--surface-sunken)' : 'var(--bad)'),
        fillOpacity: (cell) => (cell.value === null ? 1 : cell.isFaint ? 0.03 : 0.05 + 0.6 * badness(cell.value)),
        rx: 3,
        title: 'tip',
        href: (cell) => cell.href ?? null,
      }),
      ...(hasNumbers
        ? [
            Plot.text(cells, {
              x: 'column',
              y: 'row',
              text: 'text',
              fill: 'currentColor',
              fillOpacity: (cell) => (cell.isFaint ? 0.6 : 1),
              pointerEvents: 'none',
            }),
          ]
        : []),
    ],
  };
}
