import * as Plot from '@observablehq/plot';
import type { Chart, ChartTable } from './chart.ts';
import { shortened } from './text_width.ts';
import { type Size, render } from './render.ts';

/** One bar from zero, with the value of the period compared with as a tick; text stands at its end. */
export interface BarRow {
  name: string;
  value: number;
  before: number | null;
  text: string;
  tip: string;
  href?: string;
  isBad?: boolean;
}

export interface BarsOptions {
  label: string;
  table: ChartTable;
  rows: readonly BarRow[];
}

const rowHeight = 26;

/** Draws horizontal bars, longest as given first, names left and values right. */
export function barsChart(options: BarsOptions): Chart {
  return render(options.label, options.table, (size) => draw(options, size));
}

function draw({ rows }: BarsOptions, { isNarrow }: Size): Plot.PlotOptions {
  const longest = Math.max(1e-9, ...rows.flatMap(({ value, before }) => [value, before ?? 0]));
  return {
    height: rows.length * rowHeight + 12,
    marginLeft: isNarrow ? 100 : 136,
    marginRight: isNarrow ? 96 : 140,
    marginTop: 6,
    marginBottom: 6,
    x: { domain: [0, longest], axis: null },
    y: {
      domain: rows.map(({ name }) => name),
      label: null,
      tickSize: 0,
      tickFormat: (name: string) => shortened(name, isNarrow ? 7 : 10),
    },
    marks: [
      Plot.barX(rows, {
        y: 'name',
        x: 'value',
        fill: (row) => (row.isBad ? 'var(--bad)' : 'var(--series-1)'),
        fillOpacity: 0.85,
        insetTop: 4,
        insetBottom: 4,
      }),
      Plot.tickX(
        rows.filter(({ before }) => before !== null),
        { y: 'name', x: 'before', stroke: 'var(--text)', strokeWidth: 1.5, insetTop: 2, insetBottom: 2 },
      ),
      Plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      Plot.text(rows, {
        y: 'name',
        x: (row) => Math.max(row.value, row.before ?? 0),
        text: 'text',
        textAnchor: 'start',
        dx: 6,
        fill: (row) => (row.isBad ? 'var(--bad)' : 'currentColor'),
      }),
      Plot.barX(rows, {
        y: 'name',
        x1: 0,
        x2: longest,
        fill: 'transparent',
        title: 'tip',
        href: (row) => row.href ?? null,
      }),
    ],
  };
}
