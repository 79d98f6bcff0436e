import * as Plot from '@observablehq/plot';
import type { Chart, ChartTable } from './chart.ts';
import { type Size, render } from './render.ts';
import { shortened } from './text_width.ts';
import { axisDomain } from './trend.ts';

/** One compared thing: its value with its interval, both null where nothing counted. */
export interface DotRow {
  name: string;
  value: number | null;
  low: number | null;
  high: number | null;
  text: string;
  tip: string;
  href?: string;
  /** Where this row's own target lies, if it has one. */
  target?: number | null;
  /** Rests on few: drawn grey and hollow. */
  isFaint?: boolean;
  isBad?: boolean;
}

export interface DotsOptions {
  label: string;
  table: ChartTable;
  rows: readonly DotRow[];
  formatValue: (value: number) => string;
  bounds: readonly [number, number | null];
}

const rowHeight = 30;

/** Draws rows of dots with their intervals, each with its own target as a tick, names left and values right. */
export function dotsChart(options: DotsOptions): Chart {
  return render(options.label, options.table, (size) => draw(options, size));
}

function draw({ rows, formatValue, bounds }: DotsOptions, { isNarrow }: Size): Plot.PlotOptions {
  const known = rows
    .flatMap(({ value, low, high, target }) => [value, low, high, target ?? null])
    .filter((value) => value !== null);
  const [low, high] = axisDomain(known, bounds);
  const counted = rows.filter(({ value }) => value !== null);
  const colour = (row: DotRow) => (row.isFaint ? 'var(--line-strong)' : row.isBad ? 'var(--bad)' : 'var(--series-1)');
  return {
    height: rows.length * rowHeight + 34,
    marginLeft: isNarrow ? 84 : 120,
    marginRight: 64,
    marginTop: 6,
    marginBottom: 28,
    x: { domain: [low, high], ticks: isNarrow ? 3 : 5, tickFormat: formatValue, label: null, tickSize: 0 },
    y: {
      domain: rows.map(({ name }) => name),
      label: null,
      tickSize: 0,
      tickFormat: (name: string) => shortened(name, isNarrow ? 7 : 11),
    },
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.ruleY(counted, {
        y: 'name',
        x1: 'low',
        x2: 'high',
        stroke: colour,
        strokeWidth: 5,
        strokeOpacity: 0.28,
        strokeLinecap: 'round',
      }),
      Plot.tickX(
        rows.filter(({ target }) => target !== null && target !== undefined),
        { y: 'name', x: 'target', stroke: 'var(--text)', strokeWidth: 1.5, strokeDasharray: '3 2' },
      ),
      Plot.dot(counted, {
        y: 'name',
        x: 'value',
        r: 4.5,
        fill: (row) => (row.isFaint ? 'var(--surface-raised)' : colour(row)),
        stroke: colour,
        strokeWidth: 1.5,
      }),
      Plot.text(rows, {
        y: 'name',
        x: () => high,
        text: 'text',
        textAnchor: 'start',
        dx: 10,
        fill: (row) => (row.isFaint ? 'var(--text-quiet)' : row.isBad ? 'var(--bad)' : 'currentColor'),
      }),
      Plot.barX(rows, {
        y: 'name',
        x1: low,
        x2: high,
        fill: 'transparent',
        title: 'tip',
        href: (row) => row.href ?? null,
      }),
    ],
  };
}
