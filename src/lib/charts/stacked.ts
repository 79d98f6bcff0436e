import * as Plot from '@observablehq/plot';
import type { Chart, ChartTable } from './chart.ts';
import { shortened } from './text_width.ts';
import { type Size, render } from './render.ts';

/** One whole and its parts, whose shares add up to 1. */
export interface StackedRow {
  name: string;
  parts: readonly { share: number; text: string; tip: string }[];
  href?: string;
}

export interface StackedOptions {
  label: string;
  table: ChartTable;
  /** What the parts are, in the order in which every row has them. */
  parts: readonly string[];
  rows: readonly StackedRow[];
}

const rowHeight = 30;
const legendHeight = 28;

/** Draws each whole as one bar of its parts, with the share written in where there is room. */
export function stackedChart(options: StackedOptions): Chart {
  return render(options.label, options.table, (size) => draw(options, size));
}

function draw({ parts, rows }: StackedOptions, { isNarrow }: Size): Plot.PlotOptions {
  const colour = (index: number) => `var(--series-${(index % 8) + 1})`;
  const pieces = rows.flatMap(({ name, parts: own, href }) => {
    let from = 0;
    return own.map(({ share, text, tip }, index) => {
      const piece = { name, index, from, to: from + share, text, tip, href: href ?? null };
      from += share;
      return piece;
    });
  });
  const legend = parts.map((name, index) => ({ name, index, at: index / parts.length }));
  return {
    height: rows.length * rowHeight + legendHeight + 6,
    marginLeft: isNarrow ? 84 : 136,
    marginRight: 8,
    marginTop: legendHeight,
    marginBottom: 6,
    x: { domain: [0, 1], axis: null },
    y: {
      domain: rows.map(({ name }) => name),
      label: null,
      tickSize: 0,
      tickFormat: (name: string) => shortened(name, isNarrow ? 6 : 10),
    },
    marks: [
      Plot.dot(legend, {
        x: 'at',
        frameAnchor: 'top',
        symbol: 'square',
        r: 4,
        dx: 5,
        dy: -16,
        fill: ({ index }) => colour(index),
      }),
      Plot.text(legend, {
        x: 'at',
        frameAnchor: 'top',
        text: ({ name }) => (isNarrow ? shortened(name, 3) : name),
        textAnchor: 'start',
        dx: 14,
        dy: -22,
        fill: 'currentColor',
      }),
      Plot.barX(pieces, {
        y: 'name',
        x1: 'from',
        x2: 'to',
        fill: ({ index }) => colour(index),
        fillOpacity: 0.35,
        stroke: ({ index }) => colour(index),
        strokeWidth: 1,
        insetTop: 3,
        insetBottom: 3,
        insetLeft: 0.5,
        insetRight: 0.5,
      }),
      Plot.text(
        pieces.filter(({ from, to }) => to - from >= (isNarrow ? 0.13 : 0.06)),
        { y: 'name', x: ({ from, to }) => (from + to) / 2, text: 'text', fill: 'currentColor' },
      ),
      Plot.barX(pieces, { y: 'name', x1: 'from', x2: 'to', fill: 'transparent', title: 'tip', href: 'href' }),
    ],
  };
}
