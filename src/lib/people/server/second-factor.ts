/** The second factor: set up with an app, confirmed by its first code, replaced or given up with the password. */
import { sql } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { maySwitchOffSecondFactor } from '../access.ts';
import { isPasswordOf } from './account-password.ts';
import type { Auth } from './auth.ts';
import { writeAudit } from './audit.ts';
import { actorOf, type Person } from './session.ts';
import { proposeAnother, proven, putInPlace, type Proposal } from './replace-second-factor.ts';
import { endSessions } from './own-sessions.ts';
import { orWrong, type Caller } from './sign-in.ts';
import { countTry, firstTime, giveBackTry } from './throttle.ts';

/**
 * Makes a new secret and returns the address that an app scans; null when the password is wrong. It counts only after
 * `confirmSecondFactor`; until then whatever stands stays good.
 */
export async function beginSecondFactor(auth: Auth, caller: Caller, person: Person, password: string) {
  if (!(await isPasswordOf(auth, person.id, password, caller.address))) return null;
  if (person.twoFactor) return proposeAnother(auth, person);
  // What was begun before, and never confirmed.
  await auth.db.transaction().execute((tx) => forgetSecondFactor(tx, person.id));

  const call = { body: { password, method: 'totp' }, headers: caller.headers } as const;
  const begun = await auth.library.api.enableTwoFactor(call);
  return begun.method === 'totp' ? ({ uri: begun.totpURI, proposal: '' } satisfies Proposal) : null;
}

export interface Confirmed {
  recoveryCodes: string[];
  /** Cookies to set: the session may have another id from now on. */
  headers: Headers;
}

/**
 * Switches the second factor on, or another phone in place of the old one, when the code shows that the app has the
 * secret. Every other session ends. Null when the code is wrong.
 */
export async function confirmSecondFactor(
  auth: Auth,
  caller: Caller,
  person: Person,
  given: { code: string; proposal?: string }
): Promise<Confirmed | null> {
  const who = { account: person.id, address: caller.address };
  await countTry(auth.db, auth.secret, 'second_factor', who);

  const confirmed = await (person.twoFactor
    ? replace(auth, person, given)
    : switchOn(auth, caller, person, given));
  if (!confirmed) return null;
  await giveBackTry(auth.db, auth.secret, 'second_factor', who);
  return confirmed;
}

async function switchOn(auth: Auth, caller: Caller, person: Person, { code }: { code: string }) {
  const call = { body: { code }, headers: caller.headers, returnHeaders: true } as const;
  const answer = await orWrong(auth.library.api.verifyTOTP(call));
  if (!answer) return null;

  await auth.db.transaction().execute(async (tx) => {
    await endSessions(tx, person.id, 'all but the newest');
    if (await isFirstUse(auth, tx, person, code)) await tellAbout(tx, person, 'second_factor_on');
  });
  const { backupCodes } = await auth.library.api.viewBackupCodes({ body: { userId: person.id } });
  return { recoveryCodes: backupCodes, headers: answer.headers };
}

async function replace(
  auth: Auth,
  person: Person,
  { code, proposal = '' }: { code: string; proposal?: string }
) {
  const proposed = await proven(auth, person, proposal, code);
  if (!proposed) return null;

  await auth.db.transaction().execute(async (tx) => {
    await putInPlace(auth, tx, person, proposed);
    await endSessions(tx, person.id, { but: person.session });
    if (await isFirstUse(auth, tx, person, code)) await tellAbout(tx, person, 'second_factor_replaced');
  });
  return { recoveryCodes: proposed.recoveryCodes, headers: new Headers() };
}

/** The code that was shown here does not open a sign-in as well; and of two clicks with it, one is told of. */
const isFirstUse = (auth: Auth, tx: Db, { id }: Person, code: string) =>
  firstTime(tx, auth.secret, `code ${id} ${code}`, 120);

/** Ten new recovery codes; the old ones are dead. Null when the password is wrong. */
export async function renewRecoveryCodes(auth: Auth, caller: Caller, person: Person, password: string) {
  if (!(await isPasswordOf(auth, person.id, password, caller.address))) return null;

  const call = { body: { password }, headers: caller.headers };
  const renewed = await orWrong(auth.library.api.generateBackupCodes(call));
  if (!renewed) refuse('conflict', 'errors.conflict');
  await auth.db.transaction().execute((tx) => tellAbout(tx, person, 'recovery_codes_made'));
  return renewed.backupCodes;
}

/** Goes back to the password alone, where that is allowed. False when the password is wrong. */
export async function switchOffSecondFactor(auth: Auth, caller: Caller, person: Person, password: string) {
  if (!maySwitchOffSecondFactor(person)) refuse('forbidden', 'people.second_factor_required');
  if (!(await isPasswordOf(auth, person.id, password, caller.address))) return false;

  await auth.db.transaction().execute(async (tx) => {
    await forgetSecondFactor(tx, person.id);
    await tellAbout(tx, person, 'second_factor_off');
  });
  return true;
}

/** Nothing of it stays; what follows is for the caller. */
export async function forgetSecondFactor(tx: Db, person: string) {
  await tx.deleteFrom('second_factor').where('person_id', '=', person).execute();
  await tx
    .updateTable('person')
    .set({ two_factor_enabled: false, updated_at: sql`now()` })
    .where('id', '=', person)
    .execute();
}

async function tellAbout(
  tx: Db,
  person: Person,
  what: 'second_factor_on' | 'second_factor_off' | 'second_factor_replaced' | 'recovery_codes_made'
) {
  const entry = await writeAudit(tx, actorOf(person), {
    action: `person.${what}`,
    subject: { kind: 'person', id: person.id }
  });
  await later(tx, 'people.send_letter', { letter: what, person: person.id, entry });
}
