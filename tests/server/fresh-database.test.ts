/** The database every other test stands on. */
import pg from 'pg';
import { expect, test } from 'vitest';
import { migrate } from '#lib/platform/server/migrate.ts';
import { freshDatabase } from '../support/database.ts';

const first = await freshDatabase();
const second = await freshDatabase();

test('each fresh database is migrated and nobody else writes to it', async () => {
  await ask(first.owner, 'create table only_here ()');

  expect(await ask(first.owner, `select to_regclass('outbox') is not null as yes`)).toEqual([{ yes: true }]);
  expect(await ask(second.owner, `select to_regclass('only_here') is null as yes`)).toEqual([{ yes: true }]);
});

test.each([
  ['web', 'hearth_web'],
  ['auth', 'hearth_auth'],
  ['worker', 'hearth_worker']
] as const)(
  'the login of %s can take on the role %s, and cannot step around row-level security',
  async (login, role) => {
    const who =
      'select current_user as role, rolbypassrls or rolsuper as free from pg_roles where rolname = current_user';
    expect(await ask(first[login], who, role)).toEqual([{ role, free: false }]);
  }
);

test('a database that a preview made is left as it is, and the start says what to do', async () => {
  await ask(
    second.owner,
    `update migration set name = '0001_foundation.sql' where name = '0001_platform.sql'`
  );

  await expect(migrate(second.owner)).rejects.toThrow(/made by a preview of Hearth.*DATA_DIR/);
});

async function ask(url: string, sql: string, role?: string) {
  const client = new pg.Client({ connectionString: url, options: role && `-c role=${role}` });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
