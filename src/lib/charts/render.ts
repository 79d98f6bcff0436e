import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Chart, ChartTable } from './chart.ts';

/** How much room a drawing has, in CSS pixels. */
export interface Size {
  width: number;
  isNarrow: boolean;
}

const narrow: Size = { width: 340, isNarrow: true };

/** Widths that a page gives a figure on a desk: half of it or all of it. */
const widths = { half: 600, full: 1120 } as const;
export type Room = keyof typeof widths;

/** Draws a figure twice, for wide and narrow places, as SVG text that needs no script. */
export function render(
  label: string,
  table: ChartTable,
  draw: (size: Size) => Plot.PlotOptions,
  room: Room = 'half',
): Chart {
  return {
    label,
    table,
    wide: drawOne(label, draw, { width: widths[room], isNarrow: false }),
    narrow: drawOne(label, draw, narrow),
  };
}

function drawOne(label: string, draw: (size: Size) => Plot.PlotOptions, size: Size): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const options = draw(size);
  const svg = Plot.plot({
    width: size.width,
    ...options,
    document,
    style: { fontSize: '12px', ...(typeof options.style === 'object' ? options.style : {}) },
  });
  svg.setAttribute('role', svg.querySelector('a') === null ? 'img' : 'group');
  svg.setAttribute('aria-label', label);
  for (const style of [...svg.querySelectorAll('style')]) style.remove();
  for (const link of [...svg.querySelectorAll('a')])
    link.setAttribute('aria-label', link.querySelector('title')?.textContent.replaceAll('\n', ' · ') ?? label);
  for (const element of [...svg.querySelectorAll(':not(a)')]) {
    element.removeAttribute('aria-label');
    for (const name of ['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height'])
      shorten(element, name);
  }
  return svg.outerHTML;
}

/** A tenth of a pixel is enough. */
function shorten(element: Element, name: string): void {
  const value = element.getAttribute(name);
  if (value?.includes('.'))
    element.setAttribute(
      name,
      value.replace(/-?\d+\.\d+/g, (digits) => String(Math.round(Number(digits) * 10) / 10)),
    );
}
