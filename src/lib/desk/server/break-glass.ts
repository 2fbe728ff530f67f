/** Opening a request of another team: with a reason, for a shift, and never without a trace. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { readReference } from '#lib/platform/reference.ts';
import { isReferenceVisible } from '#lib/requests/server/queries.ts';

/** The database opens it, and writes the audit entry and the mark on the timeline in the same act (0006). */
export function openRequest(db: Db, _actor: PersonActor, reference: string, reason: string) {
  return db.transaction().execute(async (tx) => {
    const written = readReference(reference) ?? refuse('missing', 'requests.not_found');
    // A form that is sent twice opens once.
    if (await isReferenceVisible(tx, written)) return;

    const { rows } = await sql<{ id: string | null }>`
      select open_request(${written}, ${reason}) as id`.execute(tx);
    if (!rows[0]?.id) refuse('missing', 'requests.not_found');
  });
}
