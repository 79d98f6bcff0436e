import * as Plot from '@observablehq/plot';
import type { Chart, ChartTable } from './chart.ts';
import { type Room, type Size, render } from './render.ts';

/** One day, week or month of a series; value and band null where nothing counted, which shows as a gap. */
export interface TrendPoint {
  key: string;
  value: number | null;
  low: number | null;
  high: number | null;
  /** What a reader sees when pointing at it. */
  tip: string;
  href?: string;
  isFaint?: boolean;
}

export interface TrendOptions {
  label: string;
  table: ChartTable;
  points: readonly TrendPoint[];
  /** The same keys of the period compared with, in order; drawn dashed behind. */
  compared?: readonly (number | null)[];
  target?: { value: number; label: string } | null;
  formatValue: (value: number) => string;
  formatKey: (key: string) => string;
  /** The lowest and highest value an axis may show: 0 to 1 for rates. */
  bounds: readonly [number, number | null];
  /** How far apart ticks may lie, from the smallest; without, at round numbers. */
  steps?: readonly number[];
  height?: number;
  room?: Room;
}

/** Draws one series over time: line, interval band, dashed target, dots that lead to their cases. */
export function trendChart(options: TrendOptions): Chart {
  return render(options.label, options.table, (size) => draw(options, size), options.room);
}

function draw(
  { points, compared, target, formatValue, formatKey, bounds, steps, height = 220 }: TrendOptions,
  { isNarrow }: Size,
): Plot.PlotOptions {
  const at = points.map((point, index) => ({ ...point, index, before: compared?.[index] ?? null }));
  const known = at
    .flatMap(({ value, low, high, before }) => [value, low, high, before])
    .filter((value) => value !== null);
  const [low, high] = axisDomain([...known, ...(target ? [target.value] : [])], bounds);
  const ticks = steps ? ticksBetween(low, high, steps) : 4;
  const inView = (value: number | null): number => (value === null ? Number.NaN : Math.min(Math.max(value, low), high));
  const step = Math.max(1, Math.ceil(points.length / (isNarrow ? 4 : 8)));
  return {
    height,
    marginLeft: 48,
    marginRight: 16,
    marginTop: 16,
    marginBottom: 28,
    x: {
      domain: [0, Math.max(points.length - 1, 1)],
      ticks: at.filter(({ index }) => index % step === 0).map(({ index }) => index),
      tickFormat: (index: number) => formatKey(points[index]?.key ?? ''),
      label: null,
      tickSize: 0,
    },
    y: { domain: [low, high], ticks, tickFormat: formatValue, label: null, tickSize: 0 },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks }),
      Plot.areaY(at, {
        x: 'index',
        y1: (point) => inView(point.low),
        y2: (point) => inView(point.high),
        fill: 'var(--series-1)',
        fillOpacity: 0.14,
      }),
      ...(compared
        ? [
            Plot.lineY(at, {
              x: 'index',
              y: (point) => inView(point.before),
              stroke: 'var(--line-strong)',
              strokeWidth: 1.2,
              strokeDasharray: '2 3',
            }),
          ]
        : []),
      ...(target
        ? [
            Plot.ruleY([target.value], { stroke: 'var(--bad)', strokeDasharray: '6 4' }),
            Plot.text([target], {
              x: () => Math.max(points.length - 1, 1),
              y: 'value',
              text: 'label',
              textAnchor: 'end',
              dy: -8,
              fill: 'var(--bad)',
              stroke: 'var(--surface-raised)',
              strokeWidth: 3,
            }),
          ]
        : []),
      Plot.lineY(at, {
        x: 'index',
        y: (point) => point.value ?? Number.NaN,
        stroke: 'var(--series-1)',
        strokeWidth: 2,
      }),
      Plot.dot(
        at.filter(({ value }) => value !== null),
        {
          x: 'index',
          y: 'value',
          r: points.length > 70 ? 1.5 : 3,
          fill: (point) => (point.isFaint ? 'var(--surface-raised)' : 'var(--series-1)'),
          stroke: 'var(--series-1)',
          strokeWidth: 1.5,
        },
      ),
      // Broad invisible columns, so that pointing anywhere above a day finds it.
      Plot.rect(
        at.filter(({ tip }) => tip !== ''),
        {
          x1: (point) => point.index - 0.5,
          x2: (point) => point.index + 0.5,
          y1: low,
          y2: high,
          fill: 'transparent',
          clip: true,
          title: 'tip',
          href: (point) => point.href ?? null,
        },
      ),
    ],
  };
}

/** Multiples of the smallest step that gives no more than five. */
function ticksBetween(low: number, high: number, steps: readonly number[]): number[] {
  const step = steps.find((one) => (high - low) / one <= 5) ?? Math.ceil((high - low) / 5);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** Rounds the span of the values outwards a little, within the bounds. */
export function axisDomain(
  values: readonly number[],
  [least, most]: readonly [number, number | null],
): [number, number] {
  if (values.length === 0) return [least, most ?? least + 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = Math.max((high - low) * 0.12, Math.abs(high) * 0.01, 1e-4);
  return [Math.max(least, low - pad), most === null ? high + pad : Math.min(most, high + pad)];
}
