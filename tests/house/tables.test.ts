/** A table is written only by the module that owns it. Others may join to read it, if they stand above. */
import { expect, test } from 'vitest';
import { filesOf, read } from './source.ts';

/** Each module names its own in its `tables.json`. */
const owners = Object.fromEntries(
  filesOf('src/lib/*/tables.json').flatMap((file) =>
    (JSON.parse(read(file)) as string[]).map((table) => [table, file.split('/')[2] ?? ''])
  )
);

test('every table has an owner', () => {
  const tables = [...read('db/tables.ts').matchAll(/^ {2}(\w+): \w+;$/gm)].map(([, name = '']) => name);
  const known = tables.slice(tables.indexOf('account'));
  expect(known.filter((table) => !(table in owners))).toEqual([]);
});

test.each(filesOf('src/lib/**/*.ts'))('%s writes only tables of its own', (file) => {
  const home = file.split('/')[2] ?? '';
  const built = [...read(file).matchAll(/\.(?:insertInto|updateTable|deleteFrom)\(\s*'(\w+)/g)];
  const plain = [...read(file).matchAll(/\b(?:insert into|delete from|update) (\w+)(?=[\s(])(?! of\b)/g)];
  for (const [, table = ''] of [...built, ...plain]) {
    if (table in owners) expect(owners[table], `${file} writes ${table}`).toBe(home);
  }
});
