import * as Plot from '@observablehq/plot';
import type { Chart, ChartTable } from './chart.ts';
import { widthOf } from './text_width.ts';
import { type Size, render } from './render.ts';

/** One bin of values with how many rows fall into it and how many of them are not against the KPI. */
export interface HistogramBin {
  name: string;
  rows: number;
  met: number;
  tip: string;
}

export interface HistogramOptions {
  label: string;
  table: ChartTable;
  bins: readonly HistogramBin[];
  /** What the axes count: values along, rows upwards. */
  axes: { along: string; upwards: string };
  /** Values to mark, such as the median, at a position among the bins (2.5: in the middle of the third). */
  marks: readonly { at: number; label: string }[];
}

/** Draws how values spread: bars from zero, the part that holds the KPI darker, marks as dashed rules. */
export function histogramChart(options: HistogramOptions): Chart {
  return render(options.label, options.table, (size) => draw(options, size), 'full');
}

function draw({ bins, axes, marks }: HistogramOptions, { isNarrow, width }: Size): Plot.PlotOptions {
  const at = bins.map((bin, index) => ({ ...bin, index }));
  const highest = Math.max(1, ...bins.map(({ rows }) => rows));
  const step = Math.ceil(bins.length / (isNarrow ? 4 : 9));
  const slot = (width - 60) / Math.max(bins.length, 1);
  const isCrowded = marks.some(({ at, label }, index) => {
    const next = marks[index + 1];
    return next !== undefined && (next.at - at) * slot < (widthOf(label) + widthOf(next.label)) / 2 + 8;
  });
  const ticks = Math.min(4, highest);
  return {
    height: isCrowded ? 248 : 232,
    marginLeft: 48,
    marginRight: 12,
    marginTop: isCrowded ? 60 : 44,
    marginBottom: 42,
    x: {
      domain: [0, bins.length],
      ticks: at.filter(({ index }) => index % step === 0).map(({ index }) => index),
      tickFormat: (index: number) => bins[index]?.name ?? '',
      label: axes.along,
      labelArrow: 'none',
      tickSize: 3,
    },
    y: { domain: [0, highest], ticks, label: axes.upwards, labelArrow: 'none', tickSize: 0 },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks }),
      Plot.rect(at, {
        x1: 'index',
        x2: (bin) => bin.index + 1,
        y1: 0,
        y2: 'rows',
        fill: 'var(--bad)',
        fillOpacity: 0.45,
        insetLeft: 1,
        insetRight: 1,
      }),
      Plot.rect(at, {
        x1: 'index',
        x2: (bin) => bin.index + 1,
        y1: 0,
        y2: 'met',
        fill: 'var(--series-1)',
        insetLeft: 1,
        insetRight: 1,
      }),
      Plot.ruleX(marks, { x: 'at', stroke: 'var(--text)', strokeDasharray: '4 3' }),
      ...marks.map((mark, index) =>
        Plot.text([mark], {
          x: 'at',
          y: () => highest,
          text: 'label',
          dy: isCrowded && index === 0 ? -28 : -12,
          textAnchor: 'middle',
          fill: 'currentColor',
        }),
      ),
      Plot.rect(at, { x1: 'index', x2: (bin) => bin.index + 1, y1: 0, y2: highest, fill: 'transparent', title: 'tip' }),
    ],
  };
}
