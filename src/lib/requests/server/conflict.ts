/** Two people on one request never overwrite each other: whoever saved second is shown what came first. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';

/**
 * Refuses (`conflict`) when somebody else has changed the request after event number `seen`. What time itself
 * wrote, such as a missed promise, is no conflict.
 */
export async function noteChangesSince(
  tx: Db,
  actor: PersonActor,
  request: { id: string; last_number: number },
  seen: number
) {
  if (request.last_number <= seen) return;

  const others = await tx
    .selectFrom('request_event as e')
    .innerJoin('person as p', 'p.id', 'e.actor_id')
    .select('p.name')
    .where('e.request_id', '=', request.id)
    .where('e.number', '>', seen)
    .where('e.actor_id', '!=', actor.id)
    .where('e.kind', '!=', 'viewed')
    .orderBy('e.number', 'desc')
    .executeTakeFirst();
  if (others) refuse('conflict', 'requests.changed_meanwhile', { name: others.name });
}
