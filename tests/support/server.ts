/** The database server of one test run: a throw-away embedded PostgreSQL, or the one DATABASE_URL names. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { makeLogins } from '#lib/postgres/server/database-server.ts';
import { type DatabaseUrls, runEmbedded } from '#lib/postgres/server/supervisor.ts';
import { migrate } from '#lib/platform/server/migrate.ts';
import { throwAwayFolder } from './folder.ts';

/** What a test needs to know to make databases of its own. All of a run's databases begin with `prefix`. */
export type TestServer = { urls: DatabaseUrls; prefix: string; template: string };

/** Starts (or finds) the server and makes the migrated template. `stop` takes everything away again. */
export async function startTestServer(
  { outside } = { outside: process.env.DATABASE_URL }
): Promise<TestServer & { stop: () => Promise<void> }> {
  const { urls, stop } = outside ? await outsideServer(outside) : await throwAwayServer();
  const prefix = `hearth_test_${randomBytes(4).toString('hex')}`;
  const template = `${prefix}_template`;
  const server = { urls, prefix, template };
  try {
    await onServer(server, (client) =>
      client.query(`create database ${template} template template0 encoding 'UTF8'`)
    );
    await migrate(withDatabase(urls.owner, template));
  } catch (problem) {
    await dropAll(server).finally(stop);
    throw problem;
  }
  return { ...server, stop: () => dropAll(server).finally(stop) };
}

/** The same address, for another database of that server. */
export function withDatabase(url: string, name: string) {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** Does something on the server that belongs to no database of it. */
export async function onServer<T>(
  { urls }: { urls: Pick<DatabaseUrls, 'owner'> },
  work: (client: pg.Client) => Promise<T>
) {
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function dropAll(server: TestServer) {
  await onServer(server, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [server.prefix]
    );
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  });
}

async function outsideServer(url: string) {
  const { rows } = await onServer({ urls: { owner: url } }, (client) =>
    client.query<{ login: string; createdb: boolean }>(
      'select rolname as login, rolcreatedb or rolsuper as createdb from pg_roles where rolname = current_user'
    )
  );
  if (!rows[0]?.createdb) {
    throw new Error(
      `The login ${rows[0]?.login} of DATABASE_URL lacks the right CREATEDB, which tests need to make databases of their own.`
    );
  }
  const urls = { owner: url, ...(await makeLogins(url, 'for tests only')) };
  return { urls, stop: async () => {} };
}

async function throwAwayServer() {
  const folder = throwAwayFolder();
  const embedded = await runEmbedded(folder.path, { durable: false });
  return {
    urls: embedded.urls,
    async stop() {
      await embedded.stop();
      folder.remove();
    }
  };
}
