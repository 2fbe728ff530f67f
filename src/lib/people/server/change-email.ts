/** Another e-mail address: asked for with the password, told to the old mailbox, confirmed from the new one. */
import { sql } from 'kysely';
import { system, type Actor, type Staff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import type { Auth } from './auth.ts';
import { writeAudit } from './audit.ts';
import { keepLink, readLink, useLink } from './links.ts';
import { endSessions } from './own-sessions.ts';
import { proofOf, stampOf } from './proof.ts';
import { countTry } from './throttle.ts';

/**
 * Writes to both mailboxes. Whether somebody else has the address is told to its owner alone. `staff` asks for a customer
 * who called, and knows no password of theirs: the letter to the old mailbox says so.
 */
export async function askToChangeEmail(
  auth: Auth,
  person: string,
  email: string,
  address: string,
  staff: Staff | null = null
) {
  await countTry(auth.db, auth.secret, 'change_email', { account: person, address });

  await auth.db.transaction().execute(async (tx) => {
    const proof = (await proofOf(tx, 'id', person)) ?? refuse('signed_out', 'errors.signed_out');
    const stamp = stampOf(proof);
    const link = await keepLink(tx, auth.secret, 'change-email', { person, email, stamp });
    const entry = await writeAudit(tx, staff ?? (await themselves(tx, person)), {
      action: 'person.email_change_asked',
      subject: { kind: 'person', id: person }
    });
    await later(tx, 'people.send_letter', { letter: 'confirm_new_email', link });
    const letter = staff ? 'email_change_for_you' : 'email_change_asked';
    await later(tx, 'people.send_letter', { letter, person, entry });
  });
}

/** They typed their password: it was nobody else. */
async function themselves(tx: Db, id: string): Promise<Actor> {
  const row = await tx.selectFrom('person').select('role').where('id', '=', id).executeTakeFirst();
  return row ? { kind: 'person', id, role: row.role, team: null } : system;
}

/** The address that a link confirms, or null when it no longer does. */
export async function waitingEmail(auth: Auth, token: string): Promise<string | null> {
  return (await readLink(auth.db, auth.secret, 'change-email', token))?.email ?? null;
}

/**
 * Changes it. Every other session ends, and the old mailbox gets a way back. `session` is that of the browser in which the
 * link was opened, if somebody is signed in there.
 */
export async function changeEmail(auth: Auth, token: string, session: string | null = null) {
  await auth.db.transaction().execute(async (tx) => {
    const link = await useLink(tx, auth.secret, 'change-email', token);
    const proof = link && (await proofOf(tx, 'id', link.person));
    if (!proof || link.stamp !== stampOf(proof)) refuse('missing', 'people.link_over');

    const { person, email } = link;
    const taken = await tx.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst();
    if (taken && taken.id !== person) refuse('conflict', 'people.address_taken');

    await tx
      .updateTable('person')
      .set({ email, email_verified: true, updated_at: sql`now()` })
      .where('id', '=', person)
      .execute();
    await endSessions(tx, person, session ? { but: session } : 'all');
    await writeAudit(tx, system, { action: 'person.email_changed', subject: { kind: 'person', id: person } });
    const at = new Date().toISOString();
    const back = await keepLink(tx, auth.secret, 'email-back', { person, email: proof.email, at });
    await later(tx, 'people.send_letter', { letter: 'email_was_changed', link: back });
  });
}
