/** Brings a database to the newest shape: roles first, then every plain-SQL migration that it has not had. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { runMigrations } from 'graphile-worker';
import { withConnection } from './connection.ts';
import { ensureRoles } from './roles.ts';

const folder = join(import.meta.dirname, '../../../../db/migrations');

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
    await ensureRoles(client);
    const applied = await applyMissing(client, onStep);
    await prepareQueue(client, url);
    await closeDatabase(client);
    return applied;
  });
}

async function applyMissing(client: pg.Client, onStep: (file: string) => void) {
  await client.query(`create table if not exists migration (
    name text primary key, digest text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from migration');
  const had = new Map(rows.map((row) => [row.name, row.digest]));
  const applied: string[] = [];
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  refuseOtherBeginnings([...had.keys()], files);

  for (const name of files) {
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

/** Before anything was released the schema was patched daily; no way leads from there to the one that is kept. */
function refuseOtherBeginnings(had: string[], [first]: string[]) {
  if (had.length === 0 || !first || had.includes(first)) return;
  throw new Error(
    'This database was made by a preview of Hearth, from before its first release, and cannot be brought up to date. ' +
      'Start with an empty one: take away the folder that DATA_DIR names (.hearth where it names none), or let ' +
      'DATABASE_URL name another database. What is in the old one is lost with it.'
  );
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

/**
 * Tables and large objects of one's own are where whoever gets in would gather things, or shadow ours. Nobody of us needs
 * any. On a server of others not all of it may be ours to take away.
 */
async function closeDatabase(client: pg.Client) {
  await client.query(`do $$ declare each text; begin
    execute format('revoke temporary on database %I from public', current_database());
    revoke create on schema public from public;
    for each in select oid::regprocedure from pg_proc
                where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^lo(_.*|read|write)$' loop
      execute format('revoke execute on function %s from public', each);
    end loop;
  exception when insufficient_privilege then null; end $$`);
}
