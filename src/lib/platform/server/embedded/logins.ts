/**
 * The three logins of the embedded database and their passwords. Each process gets the address of its own login
 * only, so that the web process cannot step around row-level security.
 *
 * Why passwords, when the socket is closed to other accounts anyway: matching system accounts (`peer`) would let
 * every process of our account in as the owner, and behaves differently when root runs us. Passwords work the same
 * for root, an ordinary user and Windows. They are derived from one random key that never leaves the data directory.
 */
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { withConnection } from '../connection.ts';
import { keptSecret } from '../data-dir.ts';

export type Login = 'hearth' | 'web_login' | 'worker_login';
export type Logins = { passwordOf(login: Login): string };

/** What each login may turn into. `hearth` owns everything and is for migrations alone. */
const groups: Record<Exclude<Login, 'hearth'>, string[]> = {
  web_login: ['hearth_web', 'hearth_auth'],
  worker_login: ['hearth_worker']
};

export function loginsIn(dataDir: string, clusterExists: boolean): Logins {
  const file = join(dataDir, 'database-key');
  if (clusterExists && !existsSync(file))
    throw new Error(`${file}, the key to the database, is missing: bring it back from the backup.`);
  const key = keptSecret(dataDir, 'database-key');
  return { passwordOf: (login) => createHmac('sha256', key).update(login).digest('base64url') };
}

/** Makes the logins and the empty database where they are missing. Safe to repeat. */
export async function ensureLogins(ownerUrl: string, logins: Logins) {
  const maintenance = new URL(ownerUrl);
  maintenance.pathname = '/postgres';
  await withConnection(maintenance.href, async (client) => {
    for (const [login, members] of Object.entries(groups)) {
      for (const group of members) await ensureRole(client, group, 'nologin');
      // The keys of `groups` are logins; Object.entries forgets it.
      const password = client.escapeLiteral(logins.passwordOf(login as Login));
      await ensureRole(client, login, `login noinherit password ${password}`);
      await client.query(`grant ${members.join(', ')} to ${login}`);
    }
    const { rowCount } = await client.query(`select from pg_database where datname = 'hearth'`);
    if (rowCount === 0) await client.query('create database hearth');
  });
}

async function ensureRole(client: pg.Client, name: string, attributes: string) {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await client.query(`create role ${name} ${attributes}`);
}
