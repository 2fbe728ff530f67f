/** What is compared with a word of a closed list is said in the statement; whatever somebody typed never is. */
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector } from 'kysely';
import { expect, test } from 'vitest';
import type { DB } from '../../../../db/tables.ts';
import { LiteralCompiler } from './compiler.ts';

const db = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createQueryCompiler: () => new LiteralCompiler(),
    createIntrospector: (one: Kysely<unknown>) => new PostgresIntrospector(one)
  }
});
const from = db.selectFrom('request as r').select('r.id');

test('a status, a list of them, and what is not one stand in the statement', () => {
  const query = from
    .where('r.status', 'in', ['open', 'waiting'])
    .where('status', '!=', 'closed')
    .where('r.id', '=', '1')
    .compile();
  expect(query.sql).toMatch(
    /"r"."status" in \('open', 'waiting'\) and "status" != 'closed' and "r"."id" = \$1$/
  );
  expect(query.parameters).toEqual(['1']);
});

test.each(["open' or true --", 'Open', 'a b', '', 'é'])('%j is handed over, not said', (typed) => {
  const query = from.where('r.channel', '=', typed).compile();
  expect(query.sql).toMatch(/"r"."channel" = \$1$/);
  expect(query.parameters).toEqual([typed]);
});

test('a list with anything else in it is handed over whole', () => {
  const query = from.where('r.channel', 'in', ['web', "x'"]).compile();
  expect(query.sql).toMatch(/in \(\$1, \$2\)$/);
});

test('what is written is handed over: a new row makes no new statement', () => {
  const query = db.updateTable('request').set({ status: 'open' }).where('id', '=', '1').compile();
  expect(query.sql).toMatch(/set "status" = \$1 where "id" = \$2$/);
});
