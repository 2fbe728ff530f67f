/** The database server we work on: the embedded one, or the one DATABASE_URL names. */
import type { Config } from './config.ts';
import { withConnection } from './connection.ts';
import { borrowEmbedded, type DatabaseUrls, runEmbedded } from './embedded/supervisor.ts';

export type DatabaseServer = { urls: DatabaseUrls; stop(): Promise<void>; kill(): void };

type Which = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** For the one process that keeps Hearth running. */
export const runDatabase = ({ databaseUrl, dataDir }: Which): Promise<DatabaseServer> =>
  databaseUrl ? outside(databaseUrl) : runEmbedded(dataDir);

/** For a tool that may be used while Hearth runs, or while it does not. */
export const borrowDatabase = ({ databaseUrl, dataDir }: Which): Promise<DatabaseServer> =>
  databaseUrl ? outside(databaseUrl) : borrowEmbedded(dataDir);

const oldest = 150_000;

async function outside(url: string): Promise<DatabaseServer> {
  const { version, encoding } = await ask(url);
  if (version < oldest) throw new Error('The server named in DATABASE_URL is older than PostgreSQL 15.');
  if (encoding !== 'UTF8') {
    throw new Error(
      `The database named in DATABASE_URL is encoded in ${encoding}. Hearth needs UTF8: create database … encoding 'UTF8'.`
    );
  }
  return { urls: { owner: url, web: url, worker: url }, stop: async () => {}, kill() {} };
}

async function ask(url: string) {
  try {
    const { rows } = await withConnection(url, (client) =>
      client.query<{ version: number; encoding: string }>(
        `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`
      )
    );
    // A select without from has one row.
    return rows[0]!;
  } catch (problem) {
    const why = problem instanceof Error ? problem.message || ('code' in problem ? problem.code : '') : '';
    throw new Error(`The database named in DATABASE_URL cannot be used: ${String(why)}.`, { cause: problem });
  }
}
