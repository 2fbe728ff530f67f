/** The password of somebody who is signed in: asked for again before what matters, and changed. */
import { later } from '#lib/platform/server/jobs.ts';
import type { Auth } from './auth.ts';
import { writeAudit } from './audit.ts';
import { actorOf, type Person } from './session.ts';
import { orWrong, type Caller } from './sign-in.ts';
import { countTry, giveBackTry } from './throttle.ts';

/** Whether this is the person's password. Wrong ones are counted. */
export async function isPasswordOf(auth: Auth, person: string, password: string, address: string) {
  const who = { account: person, address };
  await countTry(auth.db, auth.secret, 'confirm_password', who);

  const method = await auth.db
    .selectFrom('sign_in_method')
    .select('password')
    .where('person_id', '=', person)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  const isRight = method?.password ? await auth.passwords.verify(password, method.password) : false;
  if (isRight) await giveBackTry(auth.db, auth.secret, 'confirm_password', who);
  return isRight;
}

/**
 * Changes the password. Every session ends, and this browser gets a new one: the headers carry its cookie.
 * Null when the old password is wrong.
 */
export async function changePassword(
  auth: Auth,
  caller: Caller,
  person: Person,
  given: { password: string; new_password: string }
): Promise<Headers | null> {
  if (!(await isPasswordOf(auth, person.id, given.password, caller.address))) return null;

  const changed = await orWrong(
    auth.library.api.changePassword({
      body: { currentPassword: given.password, newPassword: given.new_password, revokeOtherSessions: true },
      headers: caller.headers,
      returnHeaders: true
    })
  );
  if (!changed) return null;

  await auth.db.transaction().execute(async (tx) => {
    const entry = await writeAudit(tx, actorOf(person), {
      action: 'person.password_changed',
      subject: { kind: 'person', id: person.id }
    });
    await later(tx, 'people.send_letter', { letter: 'password_changed', person: person.id, entry });
  });
  return changed.headers;
}
