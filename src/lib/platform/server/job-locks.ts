/**
 * Gives back what a dead worker had taken. The queue itself waits four hours before it believes that a worker is
 * dead; here every living one holds a lock in its database session, which ends with the process.
 */
import type pg from 'pg';
import { log } from './log.ts';

export interface JobLocks {
  /** These jobs are ours, for as long as we live. */
  hold(workerPool: string): void;
  /** For the one connection whose life is the worker's. */
  connected(client: pg.Client): Promise<void>;
}

const every = 5000;
/** Any number, so long as nothing else locks under it. */
const family = 7_412_020;

export function keepLocksAlive(): JobLocks {
  const pools = new Set<string>();
  let session: pg.Client | undefined;

  const take = (pool: string) =>
    session?.query('select pg_advisory_lock_shared($1, hashtext($2))', [family, pool]);

  return {
    hold(pool) {
      pools.add(pool);
      take(pool)?.catch(() => {});
    },
    async connected(client) {
      session = client;
      for (const pool of pools) await take(pool);

      const checking = setInterval(() => {
        giveBack(client).catch((problem) =>
          log.warn('Could not look for dead workers.', { problem: String(problem) })
        );
      }, every);
      client.once('end', () => clearInterval(checking));
      await giveBack(client);
    }
  };
}

/** A worker just born may hold jobs for a moment before it holds its lock; hence the few seconds of grace. */
async function giveBack(client: pg.Client) {
  await client.query(
    `with holder as (
       select distinct locked_by from graphile_worker.jobs where locked_at < now() - interval '3 seconds'
     ), dead as (
       select locked_by from holder where not exists (
         select 1 from pg_locks l
         where l.locktype = 'advisory' and l.classid = $1::bigint::oid and l.granted
           and l.objid = hashtext(locked_by)::bit(32)::bigint::oid
           and l.database = (select oid from pg_database where datname = current_database()))
     )
     select graphile_worker.force_unlock_workers(array_agg(locked_by)) from dead having count(*) > 0`,
    [family]
  );
}
