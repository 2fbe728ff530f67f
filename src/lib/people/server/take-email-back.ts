/** The way back of the old mailbox, for a week: whoever changed the address without being its owner is out again. */
import { sql } from 'kysely';
import { system } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import type { Auth } from './auth.ts';
import { writeAudit } from './audit.ts';
import { keepLink, readLink, useLink, type Links } from './links.ts';
import { proofOf, stampOf } from './proof.ts';
import { endSessions } from './own-sessions.ts';

/** The address that a link brings back, or null when it no longer does. */
export async function emailToTakeBack(auth: Auth, token: string): Promise<string | null> {
  const link = await readLink(auth.db, auth.secret, 'email-back', token);
  return link && (await stillTheirs(auth.db, link)) ? link.email : null;
}

/**
 * Brings the old address back. Whoever changed it knew the password: so that opens nothing any more, every session
 * ends, and a letter to the old mailbox lets its owner choose another.
 */
export async function takeEmailBack(auth: Auth, token: string) {
  await auth.db.transaction().execute(async (tx) => {
    const link = await useLink(tx, auth.secret, 'email-back', token);
    if (!link || !(await stillTheirs(tx, link))) refuse('missing', 'people.link_over');

    const { person, email } = link;
    const taken = await tx.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst();
    if (taken && taken.id !== person) refuse('conflict', 'people.address_taken');

    await tx
      .updateTable('person')
      .set({
        email,
        email_verified: true,
        email_taken_back_at: sql`clock_timestamp()`,
        updated_at: sql`now()`
      })
      .where('id', '=', person)
      .execute();
    await tx
      .updateTable('sign_in_method')
      .set({ password: null, updated_at: sql`now()` })
      .where('person_id', '=', person)
      .where('provider_id', '=', 'credential')
      .execute();
    await endSessions(tx, person, 'all');
    await writeAudit(tx, system, {
      action: 'person.email_taken_back',
      subject: { kind: 'person', id: person }
    });
    const proof = (await proofOf(tx, 'id', person)) ?? refuse('missing', 'people.link_over');
    const reset = await keepLink(tx, auth.secret, 'reset', { person, stamp: stampOf(proof) });
    await later(tx, 'people.send_letter', { letter: 'reset_password', link: reset });
  });
}

/** A change made by whoever was put out again has a way back too: it must not lead back in. */
async function stillTheirs(db: Db, { person, at }: Links['email-back']) {
  const row = await db
    .selectFrom('person')
    .select('email_taken_back_at')
    .where('id', '=', person)
    .where('deactivated_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined && (row.email_taken_back_at === null || row.email_taken_back_at < new Date(at));
}
