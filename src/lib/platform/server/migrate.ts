/** Brings a database to the newest shape: roles first, then every plain-SQL migration that it has not had. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { runMigrations } from 'graphile-worker';
import { withConnection } from './connection.ts';

const folder = join(import.meta.dirname, '../../../../db/migrations');
const roles = ['hearth_web', 'hearth_auth', 'hearth_worker'];

/** Any number will do, so long as every migrator takes the same lock. */
const lock = 7_412_019;

/**
 * Applies what is missing, one transaction per file, under a lock so that two starts at once do it once.
 * `url` must be the owner's. Throws one sentence when a right is lacking or an applied file was changed.
 * Returns the names of the files it applied.
 */
export async function migrate(url: string, onStep: (file: string) => void = () => {}): Promise<string[]> {
  return withConnection(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [lock]);
    await createRoles(client);
    const applied = await applyMissing(client, onStep);
    await prepareQueue(client, url);
    return applied;
  });
}

async function createRoles(client: pg.Client) {
  const { rows } = await client.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any($1)',
    [roles]
  );
  const there = new Set(rows.map((row) => row.rolname));

  for (const role of roles) {
    if (!there.has(role)) await createRole(client, role);
    await joinRole(client, role);
  }
}

async function joinRole(client: pg.Client, role: string) {
  try {
    await client.query(`do $$ begin
      if not pg_has_role(current_user, '${role}', 'member') then grant ${role} to current_user; end if;
    end $$`);
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    throw new Error(
      `The database login is not a member of the role ${role} and may not make itself one. ` +
        `Let an administrator run: grant ${role} to this login;`,
      { cause: error }
    );
  }
}

async function createRole(client: pg.Client, role: string) {
  try {
    await client.query(`create role ${role} nologin`);
  } catch (error) {
    if (codeOf(error) === '42501') {
      throw new Error(
        `The database login lacks the right CREATEROLE, so the role ${role} could not be made. ` +
          `Grant it, or let an administrator run: create role ${role} nologin; grant ${role} to this login;`,
        { cause: error }
      );
    }
    // Another migrator on the same server may have been quicker: then the role is there, which is all we want.
    if (codeOf(error) !== '42710' && codeOf(error) !== '23505') throw error;
  }
}

async function applyMissing(client: pg.Client, onStep: (file: string) => void) {
  await client.query(`create table if not exists migration (
    name text primary key, digest text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from migration');
  const had = new Map(rows.map((row) => [row.name, row.digest]));
  const applied: string[] = [];

  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
    const sql = await readFile(join(folder, name), 'utf8');
    const digest = createHash('sha256').update(sql).digest('hex');
    const before = had.get(name);
    if (before === digest) continue;
    if (before)
      throw new Error(`The migration ${name} was changed after it had been applied. Add a new file instead.`);

    onStep(name);
    await apply(client, name, sql, digest);
    applied.push(name);
  }
  return applied;
}

async function apply(client: pg.Client, name: string, sql: string, digest: string) {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migration (name, digest) values ($1, $2)', [name, digest]);
    await client.query('commit');
  } catch (error) {
    // Where the connection itself broke there is nothing left to roll back.
    await client.query('rollback').catch(() => {});
    throw new Error(
      `The migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error
      }
    );
  }
}

/**
 * The job queue makes and keeps its own schema. It belongs to the worker's role, for its tables let in nobody but
 * their owner.
 */
async function prepareQueue(client: pg.Client, url: string) {
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  const database = rows[0]?.name ?? '';
  await client.query(`grant create on database ${database} to hearth_worker`);

  const pgPool = new pg.Pool({ connectionString: url, options: '-c role=hearth_worker', max: 2 });
  pgPool.on('error', () => {});
  pgPool.on('connect', (client) => client.on('error', () => {}));
  try {
    await runMigrations({ pgPool });
  } finally {
    await pgPool.end();
    await client.query(`revoke create on database ${database} from hearth_worker`);
  }
}

const codeOf = (error: unknown) => (error instanceof pg.DatabaseError ? error.code : undefined);
