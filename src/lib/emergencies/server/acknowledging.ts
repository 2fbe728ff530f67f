/** Acknowledging a whole flood with one press, once somebody has read it. */
import { sql } from 'kysely';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { listFold } from './queries.ts';

/** Acknowledges at once all that stand in one fold with this one. What has come in since is not among them. */
export function acknowledgeFold(db: Db, actor: Actor, reference: string, upTo: Date) {
  return db.transaction().execute(async (tx) => {
    if (!isStaff(actor)) refuse('missing', 'emergencies.not_found');
    const fold = (await listFold(tx, reference)).filter(
      ({ status, received_at }) => status === 'received' && received_at <= upTo
    );
    if (fold.length === 0) refuse('conflict', 'emergencies.moved_on');
    const { rows } = await sql<{ id: string }>`
      update emergency set status = 'acknowledged'
      where id = any (${fold.map(({ id }) => id)}::uuid[]) and status = 'received' returning id`.execute(tx);
    await sql`
      insert into emergency_entry (emergency_id, kind, payload)
      select id, 'acknowledged', jsonb_build_object('together', ${rows.length}::integer)
      from unnest(${rows.map(({ id }) => id)}::uuid[]) as one (id)`.execute(tx);
    return rows.length;
  });
}
