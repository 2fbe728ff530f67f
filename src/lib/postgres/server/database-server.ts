/** The database server we work on: the embedded one, or the one DATABASE_URL names. */
import type { Config } from '#lib/platform/server/config.ts';
import { withConnection } from '#lib/platform/server/connection.ts';
import {
  ensureLogins,
  ensureRoles,
  type Login,
  loginsFor,
  type Role,
  tryLogin
} from '#lib/platform/server/roles.ts';
import { borrowEmbedded, type DatabaseUrls, runEmbedded } from './supervisor.ts';

export type DatabaseServer = { urls: DatabaseUrls; stop(): Promise<void>; kill(): void };

type Which = Pick<
  Config,
  'databaseUrl' | 'webDatabaseUrl' | 'authDatabaseUrl' | 'workerDatabaseUrl' | 'dataDir' | 'secret'
>;

/** For the one process that keeps Hearth running. */
export const runDatabase = (which: Which): Promise<DatabaseServer> =>
  which.databaseUrl ? outside(which.databaseUrl, which) : runEmbedded(which.dataDir);

/** For a tool that may be used while Hearth runs, or while it does not. */
export const borrowDatabase = (which: Which): Promise<DatabaseServer> =>
  which.databaseUrl ? outside(which.databaseUrl, which) : borrowEmbedded(which.dataDir);

const oldest = 150_000;

async function outside(url: string, which: Which): Promise<DatabaseServer> {
  const { version, encoding } = await ask(url);
  if (version < oldest) throw new Error('The server named in DATABASE_URL is older than PostgreSQL 15.');
  if (encoding !== 'UTF8') {
    throw new Error(
      `The database named in DATABASE_URL is encoded in ${encoding}. Hearth needs UTF8: create database … encoding 'UTF8'.`
    );
  }
  return { urls: await urlsOn(url, which), stop: async () => {}, kill() {} };
}

/** The addresses the operator gave, or those of logins that are made here. */
async function urlsOn(url: string, which: Which): Promise<DatabaseUrls> {
  const given = { web: which.webDatabaseUrl, auth: which.authDatabaseUrl, worker: which.workerDatabaseUrl };
  const { web, auth, worker } = given;
  if (web && auth && worker) return { owner: url, web, auth, worker };
  const made = await makeLogins(url, which.secret);
  return { owner: url, web: web ?? made.web, auth: auth ?? made.auth, worker: worker ?? made.worker };
}

/** Gives each process a login of its own, under which it can become no other. `key` makes their passwords. */
export async function makeLogins(url: string, key: string) {
  const logins = await withConnection(url, async (client) => {
    const { rows } = await client.query<{ name: string }>('select current_database() as name');
    const wanted = loginsFor(rows[0]?.name ?? 'hearth', key);
    await ensureRoles(client);
    await ensureLogins(client, wanted);
    return wanted;
  });
  const of = (role: Role) =>
    as(
      url,
      logins.find((login) => login.role === role)
    );
  const urls = { web: of('hearth_web'), auth: of('hearth_auth'), worker: of('hearth_worker') };
  for (const each of Object.values(urls)) await tryLogin(each);
  return urls;
}

function as(url: string, login: Login | undefined) {
  const address = new URL(url);
  address.username = login?.name ?? '';
  address.password = login?.password ?? '';
  return address.href;
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
