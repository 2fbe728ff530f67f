/** Carries work from the outbox into the job queue: when the database says so, and every second in case it does not. */
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { log } from './log.ts';

export interface Relay {
  /** There may be something to carry. */
  nudge(): void;
  /** Finishes what it holds, then carries no more. */
  stop(): Promise<void>;
}

/** How often to look unasked, in milliseconds. */
const safetyNet = 1000;
const most = 1000;

export function startRelay(db: Db, every = safetyNet): Relay {
  let carrying: Promise<void> | null = null;
  let more = false;
  let stopped = false;

  const nudge = () => {
    more = true;
    if (!stopped) carrying ??= carryAll().finally(() => (carrying = null));
  };

  const carryAll = async () => {
    while (more && !stopped) {
      more = false;
      try {
        if ((await carry(db)) === most) more = true;
      } catch (problem) {
        // The rows are still in the outbox; the next tick tries again.
        log.warn('Could not carry the outbox to the queue.', { problem: String(problem) });
      }
    }
  };

  const ticking = setInterval(nudge, every);
  nudge();
  return {
    nudge,
    async stop() {
      stopped = true;
      clearInterval(ticking);
      await carrying;
    }
  };
}

/**
 * Moves one armful, in one transaction: a row leaves the outbox exactly when its job enters the queue. Several
 * relays at once take different rows. Returns how many it moved.
 */
export async function carry(db: Db): Promise<number> {
  const { rows } = await sql<{ carried: number }>`
    with taken as (
      delete from outbox where id in (
        select id from outbox order by id limit ${most} for update skip locked
      ) returning job, payload, run_at
    ), added as (
      select graphile_worker.add_jobs(array_agg(
        (job, payload::json, null, run_at, null, null, null, null)::graphile_worker.job_spec))
      from taken having count(*) > 0
    )
    select count(*)::int as carried from added
  `.execute(db);
  return rows[0]?.carried ?? 0;
}
