import { widthOf } from '#lib/charts/text_width.ts';

/** The least width of the bars, in pixels; wider ones only move labels further apart. */
export const leastBarWidth = 540;

const gap = 12;

/** A label at a fraction of the bars' width, and the line it stands on. */
export interface Lane {
  text: string;
  lane: number;
  /** Too near the end for the label to stand at its right. */
  isEnd: boolean;
}

/**
 * Gives each label a line, 0 the farthest from the bars, so that labels do not touch and, where there is room, no stem crosses a label:
 * those that reach to the right are placed from the left, those near the end, which reach to the left, from the right.
 * Items come in the order of their fractions.
 */
export function inLanes<T extends { fraction: number }>(
  items: readonly T[],
  textOf: (item: T) => string,
): (T & Lane)[] {
  const ending: Span[] = [];
  const placed = items.toReversed().map((item) => {
    const text = textOf(item);
    const width = (widthOf(text) + gap) / leastBarWidth;
    const at = item.fraction;
    const isCrossed = ending.some((other) => other.to < at + width || at > other.from);
    const isEnd = at + width > 1 || (isCrossed && at >= width);
    const span = isEnd ? { from: at - width, to: at } : { from: at, to: at + width };
    if (isEnd) ending.push(span);
    return { item, label: { text, lane: 0, isEnd }, span };
  });
  const taken: (Span & { lane: number })[] = [];
  const starting = placed.filter(({ label }) => !label.isEnd).reverse();
  for (const { label, span } of [...starting, ...placed.filter(({ label }) => label.isEnd)]) {
    const isFree = (lane: number): boolean =>
      taken.every((other) => other.lane !== lane || other.to <= span.from || span.to <= other.from);
    while (!isFree(label.lane)) label.lane++;
    taken.push({ ...span, lane: label.lane });
  }
  return placed.reverse().map(({ item, label }) => ({ ...item, ...label }));
}

interface Span {
  from: number;
  to: number;
}
