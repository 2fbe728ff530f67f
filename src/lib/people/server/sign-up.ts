/** Signing up. Nobody exists before the letter is opened and the password given again by whoever opened it. */
import { refuse } from '#lib/platform/refusal.ts';
import { later } from '#lib/platform/server/jobs.ts';
import type { Auth } from './auth.ts';
import { insertPerson } from './commands.ts';
import { keepLink, readLink, useLink, type Links } from './links.ts';
import { countTry, giveBackTry } from './throttle.ts';

export interface SignUp {
  email: string;
  name: string;
  password: string;
  locale: string;
  /** Where they were headed, and the digest under which they filled something in as a visitor. */
  next: string | null;
  visitor: string | null;
}

/**
 * Keeps what was typed until the letter is opened. Known and unknown addresses are treated alike down to the last
 * statement; only the letter, written later by the worker, differs.
 */
export async function startSignUp(auth: Auth, typed: SignUp, address: string) {
  await countTry(auth.db, auth.secret, 'sign_up', { account: typed.email, address });
  const password = await auth.passwords.hash(typed.password);

  await auth.db.transaction().execute(async (tx) => {
    const link = await keepLink(tx, auth.secret, 'sign-up', { ...typed, password });
    await later(tx, 'people.send_letter', { letter: 'confirm_sign_up', link });
  });
}

/** Whose sign-up a link confirms, or null when it no longer does. */
export async function waitingSignUp(auth: Auth, token: string) {
  return readLink(auth.db, auth.secret, 'sign-up', token);
}

/**
 * Confirms a sign-up. The password shows that whoever opened the letter is who signed up: otherwise somebody could
 * sign up with another's address, and wait for the owner of the mailbox to click.
 * Returns the new person, or null when the password is not the one that was chosen.
 */
export async function finishSignUp(auth: Auth, token: string, password: string, address: string) {
  const waiting = (await waitingSignUp(auth, token)) ?? refuse('missing', 'people.link_over');
  const who = { account: waiting.email, address };
  await countTry(auth.db, auth.secret, 'open_link', who);
  if (!(await auth.passwords.verify(password, waiting.password))) return null;

  await giveBackTry(auth.db, auth.secret, 'open_link', who);
  const person = await auth.db.transaction().execute(async (tx) => {
    const signUp =
      (await useLink(tx, auth.secret, 'sign-up', token)) ?? refuse('missing', 'people.link_over');
    return insertPerson(tx, asCustomer(signUp));
  });
  return { person, email: waiting.email, next: waiting.next, visitor: waiting.visitor };
}

const asCustomer = ({ email, name, locale, password }: Links['sign-up']) => ({
  email,
  name,
  locale,
  role: 'customer' as const,
  passwordHash: password
});
