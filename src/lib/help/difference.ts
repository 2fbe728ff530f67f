/** What has changed from one text to another, line by line: what stayed, what went, what came. */

export type Line = { kind: 'same' | 'gone' | 'new'; text: string };

/** The fewest lines that went and came. Both texts are bounded, so that the table of the comparison is too. */
export function difference(before: string, after: string): Line[] {
  const a = before === '' ? [] : before.split('\n').slice(0, most);
  const b = after === '' ? [] : after.split('\n').slice(0, most);
  const common = commonLengths(a, b);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old, fresh] = [a[i], b[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ kind: 'same', text: old });
      i += 1;
      j += 1;
    } else if (fresh === undefined || (old !== undefined && at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push({ kind: 'gone', text: old ?? '' });
      i += 1;
    } else {
      lines.push({ kind: 'new', text: fresh });
      j += 1;
    }
  }
  return lines;
}

const most = 1_000;

/** How many lines the rests of both have in common, from each place of each. */
function commonLengths(a: readonly string[], b: readonly string[]) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row)
        row[j] =
          a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  return table;
}

const at = (table: readonly Uint16Array[], i: number, j: number) => table[i]?.[j] ?? 0;
