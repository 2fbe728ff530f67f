/** The schema keeps to the floors, and from the first release on nothing is taken from under code that still runs. */
import { expect, test } from 'vitest';
import { filesOf, floors, read } from './source.ts';

/** The first schema is a file for each module that owns tables; what comes later is a file for each change. */
const firstSchema = 14;
/** Up to this number files were written before anything had been released. */
const beforeRelease = 319;

/** Floors that came after it: their tables stand in files of their own. */
const cameLater = ['privacy'];

/** Floors that have parted from another since: the first schema has their tables in the file of the one they left. */
const parted: Record<string, string> = {
  programmes: 'billing',
  payments: 'billing',
  slots: 'visits',
  visits: 'requests',
  desk: 'requests',
  refills: 'orders',
  prebuy: 'orders'
};
/** A table of visits that was made with the slots. */
const made: Record<string, string> = { calendar_address: 'visits' };

const files = filesOf('db/migrations/*.sql');
const numberOf = (file: string) => Number(/\/(\d{4})_/.exec(file)?.[1]);
const first = files.filter((file) => numberOf(file) <= firstSchema);
const moduleOf = (file: string) => /_(\w+)\.sql$/.exec(file)?.[1] ?? '';

const owners = Object.fromEntries(
  filesOf('src/lib/*/tables.json').flatMap((file) =>
    (JSON.parse(read(file)) as string[]).map((table) => [table, file.split('/')[2] ?? ''])
  )
);

/** The module that owned a table when the first schema was written. */
const madeBy = (table: string) => made[table] ?? partedFrom(owners[table] ?? '');
const partedFrom = (floor: string) => parted[floor] ?? floor;

test('the first schema stands in the order of the floors, a file for each that owns tables', () => {
  const withTables = floors
    .filter((floor) => !cameLater.includes(floor))
    .filter((floor) => Object.values(owners).includes(floor));
  expect(first.map(moduleOf)).toEqual([...new Set(withTables.map(partedFrom))]);
});

test.each(first)('%s knows its own tables and those of the floors below', (file) => {
  const then = [...first.map(moduleOf), ...cameLater];
  const home = then.indexOf(moduleOf(file));
  for (const table of tablesIn(read(file))) {
    const owner = madeBy(table);
    expect(then, `${table} has no owner`).toContain(owner);
    expect(then.indexOf(owner), `${table} stands on the floor ${owner}`).toBeLessThanOrEqual(home);
  }
});

test.each(first)('%s makes the tables of its module', (file) => {
  const created = [...read(file).matchAll(/^create (?:unlogged )?table (\w+)|^create view (\w+)/gm)];
  for (const [, table, view] of created) expect(madeBy(table ?? view ?? '')).toBe(moduleOf(file));
});

test('numbers are given once', () => {
  expect(files.map(numberOf)).toEqual([...new Set(files.map(numberOf))]);
});

test.each([
  ['drop table visit;', ['drop table visit']],
  ['alter table person drop column image;', ['alter table person drop column image']],
  ['alter table person\n  rename column image to picture;', ['alter table person rename column']],
  ['alter table person rename to human;', ['alter table person rename to']],
  ['alter table person alter column phone type bigint;', ['alter table person alter column phone type']],
  ['alter table person alter phone set not null;', ['alter table person alter phone set not null']],
  ['alter table person add column pet text not null;', ['alter table person add column pet text not null']],
  ["alter table person add column pet text not null default '';", []],
  ['alter table person drop constraint person_check;', []],
  ['drop function feed_position();', ['drop function feed_position']],
  ['-- unused since 0.0.1\nalter table person drop column image;', []],
  ['-- unused since 99.0.0\ndrop table visit;', ['drop table visit']]
])('of `%s` is refused: %j', (sql, refused) => {
  expect(takenAway(sql)).toEqual(refused);
});

test.each(files.filter((file) => numberOf(file) > beforeRelease))('%s takes away nothing in use', (file) => {
  expect(takenAway(read(file)), 'docs/operations.md, "Changing the database"').toEqual([]);
});

/** Tables that statements read, write or point at. Texts and comments do not count. */
function tablesIn(sql: string) {
  const plain = sql.replace(/--.*$/gm, '').replace(/'(?:[^']|'')*'/g, "''");
  const named = plain.matchAll(
    /\b(?:from|join|into|update|using|references|on|setof|returns)\s+(?:public\.)?(\w+)/g
  );
  const declared = plain.matchAll(/^ {2}\w+ (?:constant )?(\w+)(?:%rowtype)?;/gm);
  return [...named, ...declared].map(([, name = '']) => name).filter((name) => name in owners);
}

/** What a migration takes from code that may still run, unless it says which earlier release stopped using it. */
function takenAway(sql: string) {
  return sql.split(/;[^\S\n]*(?:\n|$)/).flatMap((statement) => {
    const since = /^-- unused since (\d+\.\d+\.\d+)$/m.exec(statement)?.[1];
    if (since && isBefore(since, version)) return [];
    const plain = statement.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim();
    const found =
      /^drop (?:table|view|function) (?:if exists )?\w+/.exec(plain) ??
      /^alter table \w+ .*?\bdrop column \w+/.exec(plain) ??
      /^alter table \w+ .*?\brename (?:column|to)\b/.exec(plain) ??
      /^alter table \w+ .*?\balter (?:column )?\w+ (?:set data )?(?:type|set not null)\b/.exec(plain) ??
      /^alter table \w+ .*?\badd column \w+ \w+ not null(?!.*\bdefault\b)/.exec(plain);
    return found ? [found[0]] : [];
  });
}

const version = (JSON.parse(read('package.json')) as { version: string }).version;

/** Whether one release came before another. */
function isBefore(one: string, other: string) {
  return one.localeCompare(other, 'en', { numeric: true }) < 0;
}
