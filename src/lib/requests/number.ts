/** Numbers as people write them: 1200, 1,200.50 and 1.200,50 all mean what they seem to mean. */

/** The number meant, or NaN when it is none. Three digits after a separator are thousands, fewer are a fraction. */
export function readNumber(typed: string): number {
  const text = typed.normalize('NFKC').replace(/[\s'’]/g, '');
  for (const way of waysToWrite) {
    const [, sign, whole, fraction] = text.match(way) ?? [];
    if (whole) return Number(`${sign}${whole.replace(/[.,]/g, '')}.${fraction || '0'}`);
  }
  return NaN;
}

const waysToWrite = [
  /^(-?)([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?$/,
  /^(-?)([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/,
  /^(-?)(\d+)(?:[.,](\d*))?$/
];
