/** The tables of the schema, and which of them lead to a person. */
import { read } from './source.ts';

/** Every table with the tables its keys lead to, its columns, and those of text. */
export const tables = tablesOfSchema();

/** Every table that leads to a person by its keys, on whatever way, or that has a column as one would have of a person. */
export function ofPeople() {
  const found = new Set(['person', 'account']);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [table, { keys }] of tables) if (keys.some((key) => found.has(key))) found.add(table);
  }
  for (const [table, { columns }] of tables)
    if (
      columns.some((it) => /^(person|account|request|visitor|recipient|email|phone|source)(_id)?$/.test(it))
    )
      found.add(table);
  return found;
}

/** Columns of text that may say anything: neither one word of a list, nor a setting. */
export const freeTexts = (table: string) =>
  (tables.get(table)?.texts ?? []).filter(
    (column) =>
      !/^(locale|currency|zone|digest)$/.test(column) &&
      !new RegExp(`\\(${column} = ANY`).test(tables.get(table)?.body ?? '')
  );

function tablesOfSchema() {
  const all = read('db/schema.sql').matchAll(/^create table (\w+) \(\n([\s\S]*?)^\);/gm);
  return new Map(
    [...all].map(([, table = '', body = '']) => [
      table,
      {
        body,
        keys: [...body.matchAll(/REFERENCES (\w+)\(/g)].map(([, to = '']) => to),
        columns: [...body.matchAll(/^ {2}([a-z_0-9]+) /gm)].map(([, column = '']) => column),
        texts: [...body.matchAll(/^ {2}(\w+) (?:text(?:\[\])?|jsonb|tsvector)\b/gm)].map(
          ([, column = '']) => column
        )
      }
    ])
  );
}
