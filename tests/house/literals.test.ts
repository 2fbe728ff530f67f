/** Constants that an index goes by are said in the statement: sent beside it, they keep the plan from the index. */
import { expect, test } from 'vitest';
import { closedColumns } from '#lib/platform/server/compiler.ts';
import { filesOf, read } from './source.ts';

test('every word that a partial index goes by is compared by the name of a closed column', () => {
  const partial = [...read('db/schema.sql').matchAll(/^CREATE (?:UNIQUE )?INDEX .* WHERE (.*);$/gm)];
  const compared = partial.flatMap(([, condition = '']) =>
    [...condition.matchAll(/\((\w+) (?:=|<>) (?:'|ANY)/g)].map(([, column = '']) => column)
  );
  expect(compared).toContain('status');
  expect(compared.filter((column) => !closedColumns.has(column))).toEqual([]);
});

test.each(filesOf('{src,bin,bench}/**/*.ts'))('%s sends no constant beside its statement', (file) => {
  const columns = [...closedColumns].join('|');
  const sent = new RegExp(
    `\\b(?:${columns})\\b"? (?:=|<>|!=|in|not in|= any) \\(*\\$\\{(?!sql|within|part|is)`,
    'g'
  );
  // Whole names only: `typed.status = ${…}` in plain text is no statement.
  expect(statementsIn(read(file)).flatMap((statement) => statement.match(sent) ?? [])).toEqual([]);
});

/** What stands in templates of SQL, as far as a reader sees them. */
const statementsIn = (source: string) =>
  [...source.matchAll(/\bsql(?:<[^`]*>)?`((?:[^`\\]|\\.)*)`/g)].map(([, text = '']) => text);
