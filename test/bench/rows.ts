/** One budget of DESIGN §9 and what was measured; `unit` × is a ratio inside this run. */
export interface Row {
  what: string;
  measured: number;
  /** The reference was stopped before its end: the true ratio is greater. */
  isLowerBound?: boolean;
  /** The same ratio in processor time, which counts where other programs hold the cores meanwhile. */
  processor?: number;
  unit: '×' | 'GiB' | 'ms' | 'KiB';
  budget: string;
  note: string;
}

/** Writes rows as a Markdown table. */
export function formatRows(rows: readonly Row[]): string {
  const body = rows.map((row) => {
    const measured = `${row.isLowerBound ? '> ' : ''}${row.measured.toFixed(row.unit === 'ms' || row.unit === 'KiB' ? 0 : 2)} ${row.unit}`;
    const processor = row.processor === undefined ? '' : `${row.processor.toFixed(2)} ×`;
    return `| ${row.what} | ${measured} | ${processor} | ${row.budget} | ${row.note} |`;
  });
  return ['| what | measured | in processor time | budget | |', '|---|---|---|---|---|', ...body].join('\n');
}

/** The value that a share of the times stays below. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
