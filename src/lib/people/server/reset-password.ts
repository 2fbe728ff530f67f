/** A forgotten password: a link by letter, good for half an hour and for one use. */
import { system } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import type { Auth } from './auth.ts';
import { writeAudit } from './audit.ts';
import { setPassword } from './commands.ts';
import { keepLink, readLink, useLink, type Links } from './links.ts';
import { proofOf, stampOf } from './proof.ts';
import { countTry } from './throttle.ts';

/** Promises a letter. An address nobody has gets the same work and the same answer, and no letter. */
export async function askForReset(auth: Auth, email: string, address: string) {
  await countTry(auth.db, auth.secret, 'forgotten_password', { account: email, address });

  await auth.db.transaction().execute(async (tx) => {
    const person = await proofOf(tx, 'email', email);
    const link = await keepLink(tx, auth.secret, 'reset', {
      person: person?.id ?? null,
      stamp: person ? stampOf(person) : ''
    });
    await later(tx, 'people.send_letter', { letter: 'reset_password', link });
  });
}

/** Whether a link still opens the page where a new password is chosen. */
export async function canReset(auth: Auth, token: string): Promise<boolean> {
  return (await whoResets(auth.db, await readLink(auth.db, auth.secret, 'reset', token))) !== null;
}

/** Sets the new password, and ends every session: whoever knew the old one is out. The second factor stays. */
export async function resetPassword(auth: Auth, token: string, password: string) {
  if (!(await canReset(auth, token))) refuse('missing', 'people.link_over');
  const hash = await auth.passwords.hash(password);

  await auth.db.transaction().execute(async (tx) => {
    const person = await whoResets(tx, await useLink(tx, auth.secret, 'reset', token));
    if (!person) refuse('missing', 'people.link_over');

    await setPassword(tx, person.id, hash);
    await tx.deleteFrom('sign_in_session').where('person_id', '=', person.id).execute();
    const entry = await writeAudit(tx, system, {
      action: 'person.password_reset',
      subject: { kind: 'person', id: person.id }
    });
    await later(tx, 'people.send_letter', { letter: 'password_changed', person: person.id, entry });
  });
}

/** Whose password a link changes, unless their address or password has changed since they asked. */
async function whoResets(db: Db, link: Links['reset'] | null) {
  const person = link?.person ? await proofOf(db, 'id', link.person) : null;
  return person && link?.stamp === stampOf(person) ? person : null;
}
