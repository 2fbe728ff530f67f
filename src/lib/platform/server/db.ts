/** The one place that hands out database connections, each bound to an actor and to a role that cannot look further. */
import { type Driver, Kysely, PostgresAdapter, PostgresIntrospector, sql } from 'kysely';
import pg from 'pg';
import type { DB } from '../../../../db/tables.ts';
import type { Actor } from '../actor.ts';
import { LiteralCompiler } from './compiler.ts';
import { ActorConnection, ActorDriver, HeldConnection, naming, type Naming } from './driver.ts';
import { readInstant } from './instant.ts';

/** A database as one actor sees it. Queries outside a transaction run in one of their own. */
export type Db = Kysely<DB>;

/** The roles a process may take on (design §4); the login must be a member of them. */
export type DatabaseRole = 'hearth_web' | 'hearth_auth' | 'hearth_worker';

/** Hands out databases bound to an actor, all on one pool. */
export interface Database {
  as(actor: Actor): Db;
  /** As whoever a statement names to the database itself: so that who asks and what they ask travel together. */
  asNamedBy(naming: Naming): Db;
  pool: pg.Pool;
  close(): Promise<void>;
}

// Dates without time and times without date stay text: they are local to the utility, not instants.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.TIME, (text) => text);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, readInstant);

/**
 * Opens a pool of at most `size` connections to `url` under `role`.
 * `onCommit` is called after each transaction that was committed, so that listeners can be told.
 */
export function openDatabase(
  url: string,
  role: DatabaseRole,
  { size = 10, onCommit = () => {} }: { size?: number; onCommit?: () => void } = {}
): Database {
  const pool = new pg.Pool({
    ...connection(url, role),
    // The driver makes batches of its own, one at a time on each connection.
    pipeline: false,
    max: size,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000
  });
  // A connection that breaks while idle is replaced on the next use; the pool only has to survive the news.
  pool.on('error', () => {});
  // One that breaks while in use fails its query; without a listener it would also end the process.
  pool.on('connect', (client) => client.on('error', () => {}));

  return {
    pool,
    as: (actor) => databaseOn(new ActorDriver(pool, naming(actor), onCommit)),
    asNamedBy: (by) => databaseOn(new ActorDriver(pool, by, onCommit)),
    close: () => pool.end()
  };
}

/**
 * Asks several things in one breath: what `ask` asks without waiting in between travels together, is answered
 * together, and is one transaction, or part of the one that `db` is. Kysely alone would send one after the other.
 */
export const together = <T>(db: Db, ask: (one: Db) => Promise<T>): Promise<T> =>
  db.getExecutor().provideConnection((connection) => ask(databaseOn(new HeldConnection(connection))));

/** The same for what is written: whoever looks for news is told when it was committed. */
export const writeTogether = <T>(db: Db, write: (one: Db) => Promise<T>): Promise<T> =>
  db.getExecutor().provideConnection((connection) => {
    if (connection instanceof ActorConnection) connection.tellsOfCommit = true;
    return write(databaseOn(new HeldConnection(connection)));
  });

/** Writes what may be lost, in one breath and a transaction of its own: nobody waits for the disk. */
export const unhurried = async <T>(db: Db, write: (one: Db) => Promise<T>): Promise<T> => {
  const lightly = sql`select set_config('synchronous_commit', 'off', true)`;
  const [, written] = await together(db, (one) => Promise.all([lightly.execute(one), write(one)]));
  return written;
};

const databaseOn = (driver: Driver): Db =>
  new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createQueryCompiler: () => new LiteralCompiler(),
      createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db)
    }
  });

/** Options for one connection under a role: for LISTEN, which needs a connection that is not shared. */
export function connection(url: string, role: DatabaseRole): pg.ClientConfig {
  return {
    connectionString: url,
    // Row-level security makes plans dear: a page's few statements took ten times longer to plan than to run. They are
    // prepared once per connection, and planned once too.
    options: `-c role=${role} -c plan_cache_mode=force_generic_plan`,
    application_name: role,
    keepAlive: true,
    pipeline: true
  };
}

/** Whether an error says that the database cannot be reached or is starting or stopping, not that we asked wrongly. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (/^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_AGAIN|57P0[1-3]|08|53300)/.test(code)) return true;
  // A socket that is not there, and not some other file.
  if (code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect';
  return (
    /Connection terminated|timeout exceeded when trying to connect|timeout expired|not queryable/.test(
      error.message
    ) || isUnreachable(error.cause)
  );
}

/** Whether an error is the database's word that something is there already, by the name of its constraint. */
export const isUniqueViolation = (error: unknown, constraint: string): boolean =>
  error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === constraint;

/** Whether an error is the database's word that something must not be, by the name of its constraint or trigger. */
export const isCheckViolation = (error: unknown, constraint: string): boolean =>
  error instanceof pg.DatabaseError && error.code === '23514' && error.constraint === constraint;
