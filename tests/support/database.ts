/** A fresh, migrated database for a test file, on the server that this run has started. */
import { randomBytes } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import type { DatabaseUrls } from '#lib/postgres/server/supervisor.ts';
import { onServer, type TestServer, withDatabase } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/**
 * Call it at the top of a test file: `const urls = await freshDatabase();`. The database is dropped after the file.
 * `owner` is for the migrator and for looking behind the scenes; the product connects as `web`, `auth`
 * and `worker`, and each takes on its role with an option such as `-c role=hearth_web`.
 */
export async function freshDatabase(): Promise<DatabaseUrls> {
  const server = inject('testServer');
  const name = `${server.prefix}_${randomBytes(4).toString('hex')}`;
  await onServer(server, (client) => client.query(`create database ${name} template ${server.template}`));
  afterAll(() => onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`)));
  return {
    owner: withDatabase(server.urls.owner, name),
    web: withDatabase(server.urls.web, name),
    auth: withDatabase(server.urls.auth, name),
    worker: withDatabase(server.urls.worker, name)
  };
}
