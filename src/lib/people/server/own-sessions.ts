/** Where somebody is signed in, and how they end it. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { deviceOf, type Device } from '../sessions.ts';
import { writeAudit } from './audit.ts';

export interface OwnSession extends Device {
  id: string;
  began_at: Date;
  seen_at: Date;
  /** The session of the browser that asks. */
  here: boolean;
}

/** The sessions of one person, this browser's first, then the last seen. `db` is of the role `hearth_auth`. */
export async function sessionsOf(db: Db, person: { id: string; session: string }): Promise<OwnSession[]> {
  const sessions = await db
    .selectFrom('sign_in_session')
    .select(['id', 'user_agent', 'created_at', 'updated_at'])
    .where('person_id', '=', person.id)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy((row) => row('id', '=', person.session), 'desc')
    .orderBy('updated_at', 'desc')
    .execute();
  return sessions.map(({ id, user_agent, created_at, updated_at }) => ({
    id,
    ...deviceOf(user_agent),
    began_at: created_at,
    seen_at: updated_at,
    here: id === person.session
  }));
}

/** Ends one of the person's own sessions. Somebody else's, or one that is over, changes nothing. */
export async function endSession(db: Db, actor: PersonActor, session: string) {
  await db
    .deleteFrom('sign_in_session')
    .where('person_id', '=', actor.id)
    // As text, for what a form sends need not be a uuid.
    .where(sql<string>`id::text`, '=', session)
    .execute();
}

/** Signs somebody out everywhere, this browser included. */
export function signOutEverywhere(db: Db, actor: PersonActor) {
  return db.transaction().execute(async (tx) => {
    await endSessions(tx, actor.id, 'all');
    await writeAudit(tx, actor, {
      action: 'person.signed_out_everywhere',
      subject: { kind: 'person', id: actor.id }
    });
  });
}

/** Ends a person's sessions. The newest is the one that the sign-in library has just made for this browser. */
export async function endSessions(
  tx: Db,
  person: string,
  which: 'all' | 'all but the newest' | { but: string }
) {
  const ended = tx.deleteFrom('sign_in_session').where('person_id', '=', person);
  if (which === 'all') return void (await ended.execute());

  const newest = tx
    .selectFrom('sign_in_session')
    .select('id')
    .where('person_id', '=', person)
    .orderBy('created_at', 'desc')
    .limit(1);
  await ended.where('id', '!=', which === 'all but the newest' ? newest : which.but).execute();
}
