import Table from 'cli-table3';

/** Lays out rows under headings, numbers to the right; wide characters count as two columns. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[], numeric: readonly boolean[]): string {
  const table = new Table({
    head: [...head],
    colAligns: numeric.map((isNumber) => (isNumber ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
    chars: {
      top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
      left: '', 'left-mid': '', mid: '─', 'mid-mid': '─', right: '', 'right-mid': '', middle: ' ',
    },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
