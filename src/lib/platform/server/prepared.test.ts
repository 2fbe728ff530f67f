/** What is put into SQL once is asked with other values each time, by whoever asks. */
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, sql, type Expression } from 'kysely';
import { expect, test, vi } from 'vitest';
import { LiteralCompiler } from './compiler.ts';
import type { Db } from './db.ts';
import { me } from './me.ts';
import { prepared } from './prepared.ts';

const asker = (): Db =>
  new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createQueryCompiler: () => new LiteralCompiler(),
      createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db)
    }
  });

test('each form of a question is built once, with the values of each time in their places', async () => {
  let built = 0;
  const people = prepared((db, { id, role }: { id: string | Expression<string>; role: string }) => {
    built += 1;
    return db
      .selectFrom('person')
      .select(sql<string>`${role}::text`.as('given'))
      .where('id', '=', id);
  });
  const [one, other] = [asker(), asker()].map((db) => ({ db, sent: vi.spyOn(db, 'executeQuery') }));
  const given = [
    ['a', 'as a'],
    ['b', 'as b'],
    [me, 'as me'],
    [me, 'as me']
  ] as const;
  for (const db of [one?.db, other?.db])
    for (const [id, role] of given) if (db) await people(db, { id, role });

  const asked = one?.sent.mock.calls.map(([query]) => ('sql' in query ? [query.sql, query.parameters] : []));
  const [byId, byMe] = ['"id" = $2', '"id" = (select app_person())'].map(
    (found) => `select $1::text as "given" from "person" where ${found}`
  );
  expect(asked).toEqual([
    [byId, ['as a', 'a']],
    [byId, ['as b', 'b']],
    [byMe, ['as me']],
    [byMe, ['as me']]
  ]);
  expect(other?.sent).toHaveBeenCalledTimes(4);
  expect(built).toBe(2);
});
