/** Who else is looking at a request right now, and who is writing. It may be lost, and it is for staff alone. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Present } from '../present.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { writeRead } from '#lib/requests/server/read-positions.ts';

/** Says "I am here", and hears who else is. `seen` is the last event in sight, where that has changed. */
export function notePresence(
  db: Db,
  actor: PersonActor,
  reference: string,
  { typing, seen: number = 0 }: { typing: boolean; seen?: number }
) {
  return db.transaction().execute(async (tx) => {
    const { id } = await getRequest(tx, actor, reference);
    const seen = { typing, seen_at: sql<Date>`now()` };
    await tx
      .insertInto('presence')
      .values({ request_id: id, person_id: actor.id, ...seen })
      .onConflict((again) => again.columns(['request_id', 'person_id']).doUpdateSet(seen))
      .execute();
    if (number > 0) await writeRead(tx, id, number);
    return othersAt(tx, actor, id);
  });
}

/** Says goodbye. Who does not, is forgotten after `stale`. */
export function endPresence(db: Db, actor: PersonActor, reference: string) {
  return db.transaction().execute(async (tx) => {
    const { id } = await getRequest(tx, actor, reference);
    await tx.deleteFrom('presence').where('request_id', '=', id).where('person_id', '=', actor.id).execute();
  });
}

/** The others at a request, by name. */
export function othersAt(db: Db, actor: PersonActor, requestId: string): Promise<Present[]> {
  return db
    .selectFrom('presence as here')
    .innerJoin('person as p', 'p.id', 'here.person_id')
    .select(['p.id', 'p.name', 'here.typing'])
    .where('here.request_id', '=', requestId)
    .where('here.person_id', '!=', actor.id)
    .where('here.seen_at', '>', sql<Date>`now() - ${stale}::interval`)
    .orderBy('p.name')
    .execute();
}

/** Two heartbeats and a half of a page that is open (`ui/desk/presence.svelte.ts`). */
const stale = '25 seconds';
