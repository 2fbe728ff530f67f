/**
 * The four logins of the embedded database and their passwords. Each process gets the address of its own login
 * only, so that the web process cannot step around row-level security, nor read how people sign in but by its second pool.
 *
 * Why passwords, when the socket is closed to other accounts anyway: matching system accounts (`peer`) would let
 * every process of our account in as the owner, and behaves differently when root runs us. Passwords work the same
 * for root, an ordinary user and Windows. They are derived from one random key that never leaves the data directory.
 */
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '#lib/platform/server/connection.ts';
import { keptSecret } from '#lib/platform/server/data-dir.ts';
import { ensureLogins, ensureRoles, type Role } from '#lib/platform/server/roles.ts';

/** `hearth` owns everything and is for migrations alone; each of the others may turn into one role. */
export type LoginName = 'hearth' | keyof typeof roleOf;
export type Logins = { passwordOf(login: LoginName): string };

const roleOf = {
  web_login: 'hearth_web',
  auth_login: 'hearth_auth',
  worker_login: 'hearth_worker'
} as const;

export function loginsIn(dataDir: string, clusterExists: boolean): Logins {
  const file = join(dataDir, 'database-key');
  if (clusterExists && !existsSync(file))
    throw new Error(`${file}, the key to the database, is missing: bring it back from the backup.`);
  const key = keptSecret(dataDir, 'database-key');
  return { passwordOf: (login) => createHmac('sha256', key).update(login).digest('base64url') };
}

/** Makes the logins and the empty database where they are missing. Safe to repeat. */
export async function prepareCluster(ownerUrl: string, logins: Logins) {
  const maintenance = new URL(ownerUrl);
  maintenance.pathname = '/postgres';
  await withConnection(maintenance.href, async (client) => {
    await ensureRoles(client);
    // The keys of `roleOf` are logins; Object.entries forgets it.
    const all = Object.entries(roleOf) as [keyof typeof roleOf, Role][];
    await ensureLogins(
      client,
      all.map(([name, role]) => ({ name, role, password: logins.passwordOf(name) }))
    );
    const { rowCount } = await client.query(`select from pg_database where datname = 'hearth'`);
    if (rowCount === 0) await client.query('create database hearth');
  });
}
