/** Tables as CSV (RFC 4180) for spreadsheets, which must take nothing in them for a formula. */

export type Cell = string | number | Date | null | undefined;

export const writeCsv = (rows: readonly (readonly Cell[])[]): string =>
  // The mark in front makes spreadsheets read it as UTF-8.
  `\ufeff${rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')}`;

function written(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = harmless(cell instanceof Date ? cell.toISOString() : cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A cell that begins like a formula is one to a spreadsheet, also after spaces; an apostrophe makes it text. */
const harmless = (text: string) => (/^[\s\u00a0]*[=+\-@\t\r\n|＝＋－＠]/.test(text) ? `'${text}` : text);
